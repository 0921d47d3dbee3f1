use super::*;
use clap::{CommandFactory as _, error::ErrorKind};

fn parsed(arguments: &[&str]) -> Result<Line, clap::Error> {
    Line::try_parse_from(std::iter::once("server").chain(arguments.iter().copied()))
}

/// Fear: two options clash, which clap only finds when somebody types them.
#[test]
fn the_command_line_is_sound() {
    Line::command().debug_assert();
}

/// Fear: a command is misread, or making people takes a password where everybody sees it.
#[test]
fn commands() {
    assert!(parsed(&[]).unwrap().command.is_none());
    for good in [
        &["serve"][..],
        &["migrate"],
        &["check"],
        &["backup", "--out", "copy.db"],
        &["restore", "copy.db"],
        &["restore", "copy.db", "--replace"],
        &["demo"],
        &["demo", "--more", "500"],
        &["registry", "import", "-"],
        &[
            "registry",
            "generate",
            "--accounts",
            "9",
            "--seed",
            "2",
            "--out",
            "-",
        ],
        &["firm", "add", "--name", "Cabinet Durand"],
        &[
            "member",
            "add",
            "--firm",
            "Cabinet Durand",
            "--identifier",
            "claire",
            "--name",
            "Claire",
        ],
        &["member", "suspend", "--identifier", "claire"],
        &["member", "restore", "--identifier", "claire"],
        &[
            "member",
            "role",
            "--identifier",
            "claire",
            "--role",
            "reader",
        ],
        &["member", "reset", "--identifier", "claire"],
    ] {
        assert!(parsed(good).unwrap().command.is_some(), "{good:?}");
    }
    for bad in [
        &["registry"][..],
        &["registry", "generate", "--accounts", "0", "--out", "x"],
        &[
            "registry",
            "generate",
            "--accounts",
            "50000001",
            "--out",
            "x",
        ],
        &["member", "add", "--password", "x"],
        &["member", "suspend"],
        &["member", "role", "--identifier", "claire"],
        &["firm", "add"],
        &["backup"],
        &["restore", "--replace"],
    ] {
        assert_eq!(parsed(bad).unwrap_err().exit_code(), 2, "{bad:?}");
    }
}

/// Fear: whoever runs the portal has to read its source to learn what can be set.
#[test]
fn help_names_every_variable_and_exit_code() {
    for asked in ["-h", "--help"] {
        let help = parsed(&[asked]).unwrap_err();
        assert_eq!(help.kind(), ErrorKind::DisplayHelp);
        let help = help.to_string();
        for variable in settings::VARIABLES {
            assert!(help.contains(variable.name), "{} is missing", variable.name);
        }
        assert!(help.contains("Exit codes"));
    }
}
