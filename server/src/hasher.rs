//! Passwords are hashed here and nowhere else: slowly, a few at a time.
//!
//! Knows Argon2 and how many hashes may run at once. Refuses to know members and sessions. A password lives no longer than the hash
//! that is made of it.

use argon2::{Algorithm, Argon2, Params, PasswordHasher as _, PasswordVerifier as _, Version};
use argon2::{PasswordHash, password_hash};
use portfolio::form::Password;
use std::sync::Arc;
use thiserror::Error;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// 64 MiB, eight passes, one lane: above OWASP's minimum (46 MiB, one pass), about a third of a second on the machine of the README.
/// Memory is what costs whoever guesses on graphics cards, and one lane is what a server that hashes for many people at once has to
/// give.
const PARAMS: Params = match Params::new(64 * 1024, 8, 1, None) {
    Ok(params) => params,
    Err(_) => panic!("within Argon2's limits, or this would not compile"),
};
/// Hashes that run at once: 128 MiB and two cores at worst, whatever is thrown at the door.
const AT_ONCE: usize = 2;
/// Sign-ins that may wait for their turn, some seconds' worth. More than that wait longer than people do.
const WAITING: usize = 30;

/// Hashes and compares passwords. Cheap to clone.
#[derive(Clone)]
pub struct Hasher {
    argon2: Arc<Argon2<'static>>,
    /// Compared with when nobody has the identifier, so that both cases take the same work.
    dummy: Arc<str>,
    /// Places inside: running and waiting.
    places: Arc<Semaphore>,
    running: Arc<Semaphore>,
}

/// Why a password was not hashed.
#[derive(Debug, Error)]
pub enum HashError {
    /// The machine gave no memory or no randomness, or a stored hash is none.
    #[error("password hash: {0}")]
    Argon2(#[from] password_hash::Error),
    /// The thread that hashed is gone.
    #[error("password hash: the thread ended early")]
    Lost,
}

/// A place inside: holding one, a password will be hashed.
pub struct Place(OwnedSemaphorePermit);

impl Hasher {
    /// A hasher, and the hash that it compares with for nobody.
    ///
    /// # Errors
    /// When the machine gives no memory or no randomness.
    pub fn new() -> Result<Self, HashError> {
        Self::with(PARAMS)
    }

    fn with(params: Params) -> Result<Self, HashError> {
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let dummy = argon2.hash_password(b"nobody's password")?.to_string();
        Ok(Self {
            argon2: Arc::new(argon2),
            dummy: dummy.into(),
            places: Arc::new(Semaphore::new(AT_ONCE + WAITING)),
            running: Arc::new(Semaphore::new(AT_ONCE)),
        })
    }

    /// A hasher for tests that sign in often: the least work that Argon2 takes.
    ///
    /// # Panics
    /// When the machine has no randomness.
    #[cfg(test)]
    pub fn light() -> Self {
        Self::of_memory(Params::MIN_M_COST)
    }

    /// A hasher for tests, of this many KiB and one pass.
    ///
    /// # Panics
    /// When the machine has no randomness.
    #[cfg(test)]
    pub fn of_memory(kibibytes: u32) -> Self {
        let params = Params::new(kibibytes, 1, 1, None).expect("within Argon2's limits");
        Self::with(params).expect("the machine has randomness")
    }

    /// A place inside, or `None` when too many are waiting.
    pub fn enter(&self) -> Option<Place> {
        Arc::clone(&self.places).try_acquire_owned().ok().map(Place)
    }

    /// How many places are taken: passwords that are being hashed or wait for it.
    pub fn places_taken(&self) -> usize {
        (AT_ONCE + WAITING).saturating_sub(self.places.available_permits())
    }

    /// The hash to be stored of a password.
    ///
    /// # Errors
    /// When the machine gives no memory or no randomness.
    pub async fn hash(&self, password: Password, place: Place) -> Result<String, HashError> {
        let argon2 = Arc::clone(&self.argon2);
        self.turn(place, move || {
            let hash: PasswordHash = argon2.hash_password(password.expose().as_bytes())?;
            Ok(hash.to_string())
        })
        .await
    }

    /// Whether a stored hash was made with other settings than those of now.
    pub fn is_weaker(&self, stored: &str) -> bool {
        weaker(stored, &self.dummy)
    }

    /// Whether the password is the one of the stored hash; with no hash the work is done all the same, and the answer is no.
    ///
    /// # Errors
    /// When the stored hash is none, or the machine gives no memory.
    pub async fn matches(
        &self,
        password: Password,
        stored: Option<String>,
        place: Place,
    ) -> Result<bool, HashError> {
        let argon2 = Arc::clone(&self.argon2);
        let dummy = Arc::clone(&self.dummy);
        self.turn(place, move || {
            let hash = stored.as_deref().unwrap_or(&dummy);
            if weaker(hash, &dummy) {
                // The work that an older hash lacks, so that the time does not tell that there is one.
                let _ = argon2.verify_password(password.expose().as_bytes(), &*dummy);
            }
            match argon2.verify_password(password.expose().as_bytes(), hash) {
                Ok(()) => Ok(stored.is_some()),
                Err(password_hash::Error::PasswordInvalid) => Ok(false),
                Err(error) => Err(error.into()),
            }
        })
        .await
    }

    /// Does the work on a thread of its own once it is its turn. Place and turn move into the thread: whoever hangs up while
    /// waiting frees them, and whoever hangs up later does not let more run at once than may.
    async fn turn<T: Send + 'static>(
        &self,
        place: Place,
        work: impl FnOnce() -> Result<T, HashError> + Send + 'static,
    ) -> Result<T, HashError> {
        let turn = Arc::clone(&self.running)
            .acquire_owned()
            .await
            .map_err(|_| HashError::Lost)?;
        tokio::task::spawn_blocking(move || {
            let done = work();
            drop((turn, place.0));
            done
        })
        .await
        .map_err(|_| HashError::Lost)?
    }
}

/// Whether two PHC strings name different settings: what stands before salt and hash.
fn weaker(stored: &str, now: &str) -> bool {
    let settings = |phc: &str| {
        phc.split('$')
            .take(4)
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    settings(stored) != settings(now)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn password(text: &str) -> Password {
        Password::new(text.into())
    }

    /// Fear: a wrong password opens, a right one does not, or nobody's password opens what nobody has.
    #[tokio::test]
    async fn only_the_right_one() {
        let hasher = Hasher::new().unwrap();
        let place = || hasher.enter().unwrap();
        let stored = hasher
            .hash(password("correct horse"), place())
            .await
            .unwrap();
        assert!(
            stored.starts_with("$argon2id$v=19$m=65536,t=8,p=1$"),
            "{stored}"
        );
        let tried = |text: &'static str, stored: Option<String>| {
            hasher.matches(password(text), stored, place())
        };
        assert!(tried("correct horse", Some(stored.clone())).await.unwrap());
        assert!(!tried("correct horse ", Some(stored.clone())).await.unwrap());
        assert!(!tried("nobody's password", None).await.unwrap());
        assert!(tried("x", Some("no hash".into())).await.is_err());
        let again = hasher
            .hash(password("correct horse"), place())
            .await
            .unwrap();
        assert_ne!(stored, again, "the salt is the same twice");
    }

    /// Fear: a password hashed years ago with less work stays so for ever, and is told from none by its time.
    #[tokio::test]
    async fn weaker_hashes_are_known() {
        let (old, new) = (
            Hasher::light(),
            Hasher::with(Params::new(64, 2, 1, None).unwrap()).unwrap(),
        );
        let hash = old.hash(password("x"), old.enter().unwrap()).await.unwrap();
        assert!(!old.is_weaker(&hash) && new.is_weaker(&hash));
        let place = new.enter().unwrap();
        assert!(
            new.matches(password("x"), Some(hash.clone()), place)
                .await
                .unwrap()
        );
        let place = new.enter().unwrap();
        assert!(!new.matches(password("y"), Some(hash), place).await.unwrap());
    }

    /// For `make measure`: how long one password takes, and with it one sign-in.
    #[tokio::test]
    #[ignore = "a measurement: make measure"]
    async fn measured_hash() {
        let hasher = Hasher::new().unwrap();
        let clock = crate::clock::Stopwatch::start();
        for _ in 0..10 {
            let place = hasher.enter().unwrap();
            hasher.matches(password("x"), None, place).await.unwrap();
        }
        println!("password: {:.0?} a comparison", clock.elapsed() / 10);
    }

    /// Fear: a flood of sign-ins takes all memory, or places are never given back and the door stays shut.
    #[tokio::test]
    async fn a_flood_is_told_to_wait() {
        let hasher = Hasher::light();
        let places: Vec<_> = std::iter::from_fn(|| hasher.enter()).collect();
        assert_eq!(places.len(), AT_ONCE + WAITING);
        assert!(hasher.enter().is_none());
        assert_eq!(hasher.places_taken(), AT_ONCE + WAITING);
        drop(places);
        assert_eq!(hasher.places_taken(), 0);
        let place = hasher.enter().unwrap();
        hasher.matches(password("x"), None, place).await.unwrap();
        assert_eq!(hasher.places.available_permits(), AT_ONCE + WAITING);
        assert_eq!(hasher.running.available_permits(), AT_ONCE);
    }

    /// Fear: somebody who hangs up early takes a place along.
    #[tokio::test]
    async fn hanging_up_frees_the_place() {
        let hasher = Hasher::light();
        let turns = Arc::clone(&hasher.running)
            .acquire_many_owned(2)
            .await
            .unwrap();
        let waiting = tokio::spawn({
            let hasher = hasher.clone();
            async move {
                let place = hasher.enter().unwrap();
                hasher.matches(password("x"), None, place).await
            }
        });
        tokio::task::yield_now().await;
        assert_eq!(hasher.places.available_permits(), AT_ONCE + WAITING - 1);
        waiting.abort();
        assert!(waiting.await.unwrap_err().is_cancelled());
        assert_eq!(hasher.places.available_permits(), AT_ONCE + WAITING);
        drop(turns);
    }
}
