//! The two lists of services to tick, and what is chosen so far.

use crate::{
    browser,
    bulk::services::StartFrom,
    parts::{
        field::{FieldMessage, use_awake},
        form::FormState,
        notice::Notice,
    },
};
use leptos::prelude::*;
use portfolio::{
    catalogue::{Channel, ServiceCode, Theme},
    form::{FROM_MODEL, ServicesField, ServicesForm},
    french,
    holder::Kind,
    language::t,
    model::Model,
    problem::Problem,
    say,
};
use std::collections::BTreeSet;

/// What is ticked on a page, and the version that it was ticked on.
#[derive(Clone, Copy)]
pub struct Choice {
    /// The ticked services.
    pub services: RwSignal<BTreeSet<ServiceCode>>,
    /// The version of the enrolment that the page speaks of.
    pub version: RwSignal<String>,
    /// Whether what was ticked before and not saved was taken up again.
    restored: RwSignal<bool>,
    saved: StoredValue<(String, BTreeSet<ServiceCode>)>,
    key: StoredValue<String>,
}

impl Choice {
    /// What a form holds at first; what was ticked before a reload or a sign-in comes back once the page is awake.
    pub fn of(form: FormState<ServicesForm>) -> Self {
        let initial = form.initial();
        let choice = Self {
            services: RwSignal::new(read(initial.services.iter().map(String::as_str))),
            version: RwSignal::new(version_in_force(form).unwrap_or(initial.version.clone())),
            restored: RwSignal::new(false),
            saved: StoredValue::new((
                initial.version.clone(),
                read(initial.services.iter().map(String::as_str)),
            )),
            key: StoredValue::new(format!("choix.{}", initial.of)),
        };
        let key = choice.key.get_value();
        Effect::new(move || {
            if let Some(kept) = browser::kept(&key)
                && let Some((version, services)) = kept.split_once(';')
            {
                choice.version.set(version.to_owned());
                choice.services.set(read(services.split(',')));
                choice.restored.set(true);
            }
        });
        // A stale save is refused with what changed; the next one is made knowing it.
        Effect::new(move || {
            form.problems().track();
            if let Some(version) = version_in_force(form) {
                choice.version.set(version);
                choice.keep();
            }
        });
        choice
    }

    /// Forgets what was kept: it is saved.
    pub fn saved(self) {
        browser::forget(&self.key.get_value());
    }

    /// Back to what the page was sent with.
    fn revert(self) {
        let (version, services) = self.saved.get_value();
        self.version.set(version);
        self.services.set(services);
        self.restored.set(false);
        browser::forget(&self.key.get_value());
    }

    fn keep(self) {
        let codes: Vec<_> = self
            .services
            .with_untracked(|services| services.iter().map(|code| code.as_str()).collect());
        browser::keep(
            &self.key.get_value(),
            &format!("{};{}", self.version.get_untracked(), codes.join(",")),
        );
    }
}

fn version_in_force(form: FormState<ServicesForm>) -> Option<String> {
    match untrack(|| form.problem(ServicesField::Services)) {
        Some(Problem::Stale { version, .. }) => Some(version.to_string()),
        _ => None,
    }
}

fn read<'a>(codes: impl Iterator<Item = &'a str>) -> BTreeSet<ServiceCode> {
    codes.filter_map(ServiceCode::find).collect()
}

/// The two lists, for one kind of account. Nothing that sends e-mail is ticked beforehand: nothing is.
#[component]
pub fn ServicePicker(
    /// The form.
    form: FormState<ServicesForm>,
    /// What is ticked.
    choice: Choice,
    /// The kind of account.
    kind: Kind,
    /// The firm's models that hold something for it.
    models: Vec<Model>,
) -> impl IntoView {
    let initial = form.initial();
    let offered: Vec<_> = ServiceCode::for_kind(kind)
        .map(ServiceCode::as_str)
        .collect();
    let fill = Callback::new(move |services: BTreeSet<ServiceCode>| {
        let mut fitting: BTreeSet<_> = ServiceCode::for_kind(kind).collect();
        fitting.retain(|code| services.contains(code));
        choice.services.set(fitting);
        choice.keep();
    });
    view! {
        // Enter sends the form, not the first « Tout cocher ».
        <button type="submit" class="visually-hidden" tabindex="-1" aria-hidden="true">{t("Enregistrer")}</button>
        <input type="hidden" name="of" value=initial.of.clone() />
        <input type="hidden" name="back" value=initial.back.clone() />
        <input type="hidden" name="version" value=choice.version.get_untracked() prop:value=move || choice.version.get() />
        <input type="hidden" name="offered" value=offered.join(",") />
        <Show when=move || choice.restored.get()>
            <Notice>
                {t("Vos choix non enregistrés ont été repris. ")}
                <button type="button" class="button small" on:click=move |_| choice.revert()>{t("Revenir à l’état enregistré")}</button>
            </Notice>
        </Show>
        <div id="services" tabindex="-1"><FieldMessage form field=ServicesField::Services /></div>
        <StartFrom models before=FROM_MODEL fill />
        {Channel::ALL.map(|channel| view! { <ChannelList choice kind channel /> }).collect_view()}
    }
}

#[component]
fn ChannelList(choice: Choice, kind: Kind, channel: Channel) -> impl IntoView {
    let of_channel =
        move || ServiceCode::for_kind(kind).filter(move |code| code.service().channel() == channel);
    let fill = move |on: bool| {
        choice.services.update(|services| {
            for code in of_channel() {
                if on {
                    services.insert(code);
                } else {
                    services.remove(&code);
                }
            }
        });
        choice.keep();
    };
    let button = move |on: bool| {
        let (label, word) = if on {
            (t("Tout cocher"), "tout")
        } else {
            (t("Tout décocher"), "rien")
        };
        view! {
            <button
                type="submit"
                class="button small"
                name="fill"
                value=format!("{word}-{}", channel.code())
                on:click=move |event| {
                    event.prevent_default();
                    fill(on);
                }
            >
                {label}
                <span class="visually-hidden">{t("\u{a0}: ")} {channel.label()}</span>
            </button>
        }
    };
    view! {
        <fieldset class="channel">
            <legend><h2>{channel.label()}</h2></legend>
            <div class="fill">{button(true)} {button(false)}</div>
            {channel
                .themes()
                .iter()
                .map(|theme| view! { <ThemeList choice kind theme=*theme alone={channel.themes().len() == 1} /> })
                .collect_view()}
        </fieldset>
    }
}

#[component]
fn ThemeList(choice: Choice, kind: Kind, theme: Theme, alone: bool) -> impl IntoView {
    let services: Vec<_> = ServiceCode::for_kind(kind)
        .filter(|code| code.service().theme == theme)
        .collect();
    (!services.is_empty()).then(|| {
        view! {
            <div class="theme">
                {(!alone).then(|| view! { <h3>{theme.label()}</h3> })}
                <ul role="list">
                    {services.into_iter().map(|code| view! { <li><Tick choice code /></li> }).collect_view()}
                </ul>
            </div>
        }
    })
}

#[component]
fn Tick(choice: Choice, code: ServiceCode) -> impl IntoView {
    let service = code.service();
    let id = format!("service-{}", service.code);
    let described = format!("{id}-indication");
    view! {
        <div class="choice">
            <input
                type="checkbox"
                id=id.clone()
                name="services[]"
                value=service.code
                checked=choice.services.with_untracked(|services| services.contains(&code))
                prop:checked=move || choice.services.with(|services| services.contains(&code))
                aria-describedby=described.clone()
                on:change=move |event| {
                    let on = event_target_checked(&event);
                    choice.services.update(|services| {
                        if on {
                            services.insert(code);
                        } else {
                            services.remove(&code);
                        }
                    });
                    choice.keep();
                }
            />
            <label for=id>{service.label()}</label>
            {service.is_new().then(|| view! { <span class="new">{t("Nouveau")}</span> })}
            <span class="hint" id=described>
                {service.description()}
                {service.silent().map(|why| say!(" N’est pas encore envoyé\u{a0}: {why}.", why))}
            </span>
        </div>
    }
}

/// What is chosen so far; it follows the ticks, so it is drawn once the page is awake.
#[component]
pub fn Chosen(
    /// What is ticked.
    choice: Choice,
) -> impl IntoView {
    let awake = use_awake();
    let line = move |channel: Channel| {
        let count = choice.services.with(|services| {
            services
                .iter()
                .filter(|code| code.service().channel() == channel)
                .count()
        });
        view! {
            <li>
                {channel.label()}
                {t("\u{a0}: ")}
                <span class="figure">{french::number(count as u64)}</span>
            </li>
        }
    };
    view! {
        <Show when=move || awake.get()>
            <div class="chosen" role="status" aria-label=t("Services choisis")>
                <ul role="list">
                    {move || line(Channel::Online)}
                    {move || line(Channel::Email)}
                </ul>
            </div>
        </Show>
    }
}
