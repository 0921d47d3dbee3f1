//! The 38 bilateral agreements and the 3 decrees of coordination (Cleiss' table of 2015 and country pages, ameli's list; domain note,
//! section 6.3). A figure that was recollected or inferred is `Likely`; one that was not found is `Unknown`.

use super::{
    Extension::{Exception, Months, None as Never, Possible, Unsaid, UntilDone},
    Limit::{self, Confirmed, Likely, Unknown},
    Nationals::{Both, Conditions},
    Paper, Row, SelfEmployed, Zone,
};

const fn bound(code: &'static str, name: &'static str, limit: Limit) -> Row {
    Row::new(code, name, Zone::Agreement, limit)
}

impl Row {
    const fn form(mut self, form: &'static str) -> Self {
        self.paper = Paper::Read(form);
        self
    }

    const fn without_form(mut self) -> Self {
        self.paper = Paper::None;
        self
    }

    /// A form whose number was inferred from the pattern of the others.
    const fn form_inferred(mut self, form: &'static str) -> Self {
        self.paper = Paper::Inferred(form);
        self
    }

    const fn extended(mut self, extension: super::Extension) -> Self {
        self.extension = extension;
        self
    }

    const fn employees_only(mut self) -> Self {
        self.self_employed = SelfEmployed::Excluded;
        self
    }

    const fn self_employed(mut self, limit: Limit, extension: super::Extension) -> Self {
        self.self_employed = SelfEmployed::Covered(limit, extension);
        self
    }

    const fn for_nationals(mut self, nationals: super::Nationals) -> Self {
        self.nationals = nationals;
        self
    }

    const fn leave_counts(mut self) -> Self {
        self.leave_counts = true;
        self
    }

    const fn asked_before(mut self, months: u32) -> Self {
        self.extension_asked_before = Some(months);
        self
    }

    const fn gap(mut self, months: u32) -> Self {
        self.gap = Some(months);
        self
    }
}

pub(super) static ROWS: [Row; 41] = [
    bound("DZ", "Algérie", Confirmed(36))
        .form("SE 352-01")
        .extended(Months(24))
        .employees_only()
        .leave_counts(),
    bound("AD", "Andorre", Confirmed(12))
        .form("SE 130-01")
        .extended(Months(12))
        .self_employed(Confirmed(12), Months(12))
        .for_nationals(Conditions),
    bound("AR", "Argentine", Confirmed(24))
        .form("SE 415-01")
        .extended(Months(24))
        .self_employed(Confirmed(12), Months(12)),
    bound("BJ", "Bénin", Confirmed(12))
        .form("SE 327-01")
        .extended(UntilDone)
        .employees_only(),
    bound("BA", "Bosnie-Herzégovine", Confirmed(36))
        .form("SE 21-01")
        .extended(Never)
        .employees_only()
        .leave_counts(),
    bound("BR", "Brésil", Confirmed(24))
        .form("SE 416-01")
        .extended(Months(24))
        .employees_only(),
    bound("CM", "Cameroun", Confirmed(6))
        .form("SE 322-01")
        .extended(Never)
        .employees_only(),
    bound("CA", "Canada", Confirmed(36))
        .form("SE 401-01")
        .extended(Possible)
        .remark("Pour une mission au Québec, choisissez «\u{a0}Québec\u{a0}», lié par une entente distincte."),
    bound("CV", "Cap-Vert", Confirmed(36))
        .known_as(&["Cabo Verde"])
        .form("SE 396-01")
        .extended(UntilDone)
        .employees_only()
        .leave_counts(),
    bound("CL", "Chili", Confirmed(24))
        .form("SE 417-01")
        .extended(Months(24))
        .employees_only(),
    bound("CG", "Congo", Confirmed(12))
        .known_as(&["Congo-Brazzaville", "République du Congo"])
        .form("SE 324-01")
        .extended(UntilDone)
        .employees_only()
        .remark("Congo-Brazzaville. Le Congo-Kinshasa est «\u{a0}République démocratique du Congo\u{a0}»."),
    bound("KR", "Corée du Sud", Confirmed(36))
        .known_as(&["République de Corée"])
        .form("SE 237-1")
        .extended(Months(36))
        .employees_only()
        .for_nationals(Conditions),
    bound("CI", "Côte d’Ivoire", Confirmed(24))
        .form("SE 326-01")
        .extended(UntilDone)
        .employees_only()
        .leave_counts(),
    bound("US", "États-Unis", Confirmed(60))
        .known_as(&["USA", "US", "Amérique", "Hawaï", "Alaska"])
        .form("SE 404-02")
        .extended(Exception)
        .self_employed(Confirmed(24), Exception)
        .leave_counts(),
    bound("GA", "Gabon", Confirmed(24))
        .form("SE 328-01")
        .employees_only(),
    bound("GG", "Guernesey", Confirmed(6))
        .known_as(&["Îles Anglo-Normandes", "Aurigny", "Herm", "Jéthou"])
        .without_form()
        .extended(Months(6))
        .employees_only()
        .dependent(),
    bound("IN", "Inde", Confirmed(60))
        .form("SE 223-01")
        .extended(Never)
        .self_employed(Confirmed(60), Never)
        .for_nationals(Conditions),
    bound("IL", "Israël", Unknown)
        .form_inferred("SE 207-01")
        .for_nationals(Both),
    bound("JP", "Japon", Confirmed(60))
        .form("SE 217-06")
        .extended(Exception)
        .gap(12),
    bound("JE", "Jersey", Likely(6))
        .known_as(&["Îles Anglo-Normandes"])
        .dependent(),
    bound("XK", "Kosovo", Likely(36)).form_inferred("SE 21-01"),
    bound("MK", "Macédoine du Nord", Likely(36)).form_inferred("SE 21-01"),
    bound("MG", "Madagascar", Likely(24))
        .form_inferred("SE 333-01")
        .employees_only(),
    bound("ML", "Mali", Unknown)
        .form_inferred("SE 335-01")
        .employees_only()
        .for_nationals(Both),
    bound("MA", "Maroc", Likely(36))
        .form("SE 350-01")
        .extended(Months(36))
        .self_employed(Likely(36), Months(36))
        .for_nationals(Conditions)
        .asked_before(2),
    bound("MR", "Mauritanie", Likely(36))
        .form_inferred("SE 336-01")
        .employees_only(),
    bound("MC", "Monaco", Likely(12))
        .form("SE 138-01")
        .extended(Exception)
        .remark("Une mission de moins de 3 mois se déclare aussi au Service de l’emploi de Monaco."),
    bound("ME", "Monténégro", Likely(36)).form_inferred("SE 21-01"),
    bound("NE", "Niger", Likely(36))
        .form_inferred("SE 337-01")
        .employees_only(),
    bound("NC", "Nouvelle-Calédonie", Confirmed(24))
        .known_as(&["Nouméa"])
        .form("SE 988-01")
        .extended(Months(24))
        .asked_before(2)
        .dependent(),
    bound("PH", "Philippines", Likely(36))
        .form_inferred("SE 220-01")
        .employees_only(),
    bound("PF", "Polynésie française", Unknown)
        .known_as(&["Tahiti"])
        .form_inferred("SE 980-01")
        .dependent(),
    bound("CA-QC", "Québec", Confirmed(36))
        .known_as(&["Montréal"])
        .form("SE 401-Q-201")
        .extended(Possible)
        .self_employed(Confirmed(12), Possible)
        .dependent(),
    bound("SM", "Saint-Marin", Unknown).form_inferred("SE 128-01"),
    bound("PM", "Saint-Pierre-et-Miquelon", Unknown).dependent(),
    bound("SN", "Sénégal", Likely(36))
        .form("SE 341-01")
        .extended(Possible)
        .for_nationals(Both),
    bound("RS", "Serbie", Confirmed(24)).self_employed(Confirmed(24), Unsaid),
    bound("TG", "Togo", Likely(36)).form_inferred("SE 345-01"),
    bound("TN", "Tunisie", Likely(36))
        .form("SE 351-01")
        .extended(Possible)
        .self_employed(Likely(36), Possible),
    bound("TR", "Turquie", Confirmed(36))
        .form_inferred("SE 208-01FT")
        .extended(Possible)
        .for_nationals(Both),
    bound("UY", "Uruguay", Confirmed(24))
        .form("SE 423-01 (UR/FR 01)")
        .extended(Exception),
];
