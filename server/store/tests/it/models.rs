//! Models of services, of a firm.

use crate::base::*;
use portfolio::{
    form::ModelDraft,
    permission::Editor,
    ports::{ModelKept, Models},
};

crate::contract! { models }

/// Fear: a model of another firm is seen or changed, two have one name, or a change is lost.
async fn models(base: Base) {
    let scope = base.firm("Cabinet Dupont").await;
    let save = |of, version, name: &str, on: &[&str]| ModelDraft::Save {
        of,
        version,
        name: name.to_owned(),
        services: services(on),
    };
    let act = async |scope: &Editor, draft| {
        let kept = base.store.act_on_model(scope, &draft, NOW).await;
        kept.unwrap()
    };
    let made = act(&scope, save(None, 0, "Employeur", &["DPAE"])).await;
    let Some(ModelKept::Done(id)) = made else {
        panic!("{made:?}");
    };
    assert_eq!(
        act(&scope, save(None, 0, "EMPLOYEUR", &["DPAE"])).await,
        Some(ModelKept::NameTaken)
    );
    act(&scope, save(None, 0, "Autre", &["DPAE"])).await;
    assert_eq!(
        act(&scope, save(Some(id), 1, "Autre", &["DPAE"])).await,
        Some(ModelKept::NameTaken)
    );
    let changed = save(Some(id), 1, "Standard", &["DPAE", "DSN_SUIVI"]);
    assert_eq!(
        act(&scope, changed.clone()).await,
        Some(ModelKept::Done(id))
    );
    assert_eq!(
        act(&scope, changed.clone()).await,
        Some(ModelKept::Stale { version: 2 })
    );
    let models = base.store.models(&scope).await.unwrap();
    let names: Vec<_> = models.iter().map(|model| &*model.name).collect();
    assert_eq!(names, ["Autre", "Standard"]);
    assert_eq!(models[1].services, services(&["DPAE", "DSN_SUIVI"]));
    let stranger = base.firm("Cabinet Autre").await;
    assert_eq!(base.store.models(&stranger).await.unwrap(), []);
    assert_eq!(act(&stranger, changed).await, None);
    assert_eq!(act(&stranger, ModelDraft::Delete(Some(id))).await, None);
    assert_eq!(
        act(&scope, ModelDraft::Delete(Some(id))).await,
        Some(ModelKept::Done(id))
    );
    for n in 1..50 {
        act(&scope, save(None, 0, &format!("M{n}"), &["DPAE"])).await;
    }
    assert_eq!(
        act(&scope, save(None, 0, "Trop", &["DPAE"])).await,
        Some(ModelKept::TooMany)
    );
}
