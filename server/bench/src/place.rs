//! Where the databases of a run are: a file or a database of its own for each number of clients, and copies of it.

use crate::fill::{rows, run, text};
use sea_orm::Database;
use std::{fs, path::PathBuf};

/// An engine, and where its databases are made.
#[derive(Clone, Debug)]
pub enum Engine {
    /// Files of a folder.
    Sqlite(PathBuf),
    /// Databases of a server: the address of one that is there.
    Postgres(String),
}

impl Engine {
    /// Its name.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Sqlite(_) => "SQLite",
            Self::Postgres(_) => "PostgreSQL",
        }
    }

    /// The database of so many clients; made when it is not there.
    ///
    /// # Errors
    /// Whatever the database says.
    pub async fn database(&self, clients: u64) -> Result<String, String> {
        let name = format!("bench_{clients}");
        match self {
            Self::Sqlite(folder) => fs::create_dir_all(folder).map_err(text)?,
            Self::Postgres(_) => {
                let sql = format!("SELECT 1 FROM pg_database WHERE datname = '{name}'");
                if self.asked(&sql).await? == 0 {
                    self.told(&format!("CREATE DATABASE {name}")).await?;
                }
            }
        }
        self.url(&name)
    }

    /// A copy of a database that nobody has open.
    ///
    /// # Errors
    /// Whatever the database or the file system says.
    pub async fn copy(&self, clients: u64, copy: &str) -> Result<String, String> {
        self.forget(clients, copy).await?;
        let (from, name) = (
            format!("bench_{clients}"),
            format!("bench_{clients}_{copy}"),
        );
        match self {
            Self::Sqlite(folder) => {
                let file = |name: &str| folder.join(format!("{name}.db"));
                fs::copy(file(&from), file(&name)).map_err(text)?;
            }
            Self::Postgres(_) => {
                self.told(&format!("CREATE DATABASE {name} TEMPLATE {from}"))
                    .await?;
            }
        }
        self.url(&name)
    }

    /// Removes a copy.
    ///
    /// # Errors
    /// Whatever the database says.
    pub async fn forget(&self, clients: u64, copy: &str) -> Result<(), String> {
        let name = format!("bench_{clients}_{copy}");
        match self {
            Self::Sqlite(folder) => {
                for end in [".db", ".db-wal", ".db-shm", ".db.lock"] {
                    // What is not there is as good as removed.
                    let _ = fs::remove_file(folder.join(format!("{name}{end}")));
                }
                Ok(())
            }
            Self::Postgres(_) => {
                self.told(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
                    .await
            }
        }
    }

    fn url(&self, name: &str) -> Result<String, String> {
        match self {
            Self::Sqlite(folder) => Ok(format!("sqlite:{}/{name}.db", folder.display())),
            Self::Postgres(there) => {
                let (server, _) = there
                    .rsplit_once('/')
                    .ok_or("an address without a database")?;
                Ok(format!("{server}/{name}"))
            }
        }
    }

    async fn asked(&self, sql: &str) -> Result<usize, String> {
        let Self::Postgres(there) = self else {
            return Ok(0);
        };
        let db = Database::connect(there.as_str()).await.map_err(text)?;
        let found = rows(&db, sql).await?.len();
        db.close().await.map_err(text)?;
        Ok(found)
    }

    async fn told(&self, sql: &str) -> Result<(), String> {
        if let Self::Postgres(there) = self {
            let db = Database::connect(there.as_str()).await.map_err(text)?;
            run(&db, sql).await?;
            db.close().await.map_err(text)?;
        }
        Ok(())
    }
}
