//! The 38 bilateral agreements and the 3 decrees of coordination (Cleiss' table of 2015 and country pages, ameli's list; domain note,
//! section 6.3). A figure that was recollected or inferred is `Likely`; one that was not found is `Unknown`.

use super::{
    Extension::{Exception, Months, None as Never, Possible, Unsaid, UntilDone},
    Limit::{self, Confirmed, Likely, Unknown},
    Nationals::{Both, Conditions},
    Paper, Row, SelfEmployed, Zone,
};
use crate::language::n;

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
    bound("DZ", n("Algérie"), Confirmed(36))
        .form(n("SE 352-01"))
        .extended(Months(24))
        .employees_only()
        .leave_counts(),
    bound("AD", n("Andorre"), Confirmed(12))
        .form(n("SE 130-01"))
        .extended(Months(12))
        .self_employed(Confirmed(12), Months(12))
        .for_nationals(Conditions),
    bound("AR", n("Argentine"), Confirmed(24))
        .form(n("SE 415-01"))
        .extended(Months(24))
        .self_employed(Confirmed(12), Months(12)),
    bound("BJ", n("Bénin"), Confirmed(12))
        .form(n("SE 327-01"))
        .extended(UntilDone)
        .employees_only(),
    bound("BA", n("Bosnie-Herzégovine"), Confirmed(36))
        .form(n("SE 21-01"))
        .extended(Never)
        .employees_only()
        .leave_counts(),
    bound("BR", n("Brésil"), Confirmed(24))
        .form(n("SE 416-01"))
        .extended(Months(24))
        .employees_only(),
    bound("CM", n("Cameroun"), Confirmed(6))
        .form(n("SE 322-01"))
        .extended(Never)
        .employees_only(),
    bound("CA", n("Canada"), Confirmed(36))
        .form(n("SE 401-01"))
        .extended(Possible)
        .remark(n("Pour une mission au Québec, choisissez «\u{a0}Québec\u{a0}», lié par une entente distincte.")),
    bound("CV", n("Cap-Vert"), Confirmed(36))
        .known_as(&["Cabo Verde"])
        .form(n("SE 396-01"))
        .extended(UntilDone)
        .employees_only()
        .leave_counts(),
    bound("CL", n("Chili"), Confirmed(24))
        .form(n("SE 417-01"))
        .extended(Months(24))
        .employees_only(),
    bound("CG", n("Congo"), Confirmed(12))
        .known_as(&["Congo-Brazzaville", "République du Congo"])
        .form(n("SE 324-01"))
        .extended(UntilDone)
        .employees_only()
        .remark(n("Congo-Brazzaville. Le Congo-Kinshasa est «\u{a0}République démocratique du Congo\u{a0}».")),
    bound("KR", n("Corée du Sud"), Confirmed(36))
        .known_as(&["République de Corée"])
        .form(n("SE 237-1"))
        .extended(Months(36))
        .employees_only()
        .for_nationals(Conditions),
    bound("CI", n("Côte d’Ivoire"), Confirmed(24))
        .form(n("SE 326-01"))
        .extended(UntilDone)
        .employees_only()
        .leave_counts(),
    bound("US", n("États-Unis"), Confirmed(60))
        .known_as(&["USA", "US", "Amérique", "Hawaï", "Alaska"])
        .form(n("SE 404-02"))
        .extended(Exception)
        .self_employed(Confirmed(24), Exception)
        .leave_counts(),
    bound("GA", n("Gabon"), Confirmed(24))
        .form(n("SE 328-01"))
        .employees_only(),
    bound("GG", n("Guernesey"), Confirmed(6))
        .known_as(&["Îles Anglo-Normandes", "Aurigny", "Herm", "Jéthou"])
        .without_form()
        .extended(Months(6))
        .employees_only()
        .dependent(),
    bound("IN", n("Inde"), Confirmed(60))
        .form(n("SE 223-01"))
        .extended(Never)
        .self_employed(Confirmed(60), Never)
        .for_nationals(Conditions),
    bound("IL", n("Israël"), Unknown)
        .form_inferred(n("SE 207-01"))
        .for_nationals(Both),
    bound("JP", n("Japon"), Confirmed(60))
        .form(n("SE 217-06"))
        .extended(Exception)
        .gap(12),
    bound("JE", n("Jersey"), Likely(6))
        .known_as(&["Îles Anglo-Normandes"])
        .dependent(),
    bound("XK", n("Kosovo"), Likely(36)).form_inferred(n("SE 21-01")),
    bound("MK", n("Macédoine du Nord"), Likely(36)).form_inferred(n("SE 21-01")),
    bound("MG", n("Madagascar"), Likely(24))
        .form_inferred(n("SE 333-01"))
        .employees_only(),
    bound("ML", n("Mali"), Unknown)
        .form_inferred(n("SE 335-01"))
        .employees_only()
        .for_nationals(Both),
    bound("MA", n("Maroc"), Likely(36))
        .form(n("SE 350-01"))
        .extended(Months(36))
        .self_employed(Likely(36), Months(36))
        .for_nationals(Conditions)
        .asked_before(2),
    bound("MR", n("Mauritanie"), Likely(36))
        .form_inferred(n("SE 336-01"))
        .employees_only(),
    bound("MC", n("Monaco"), Likely(12))
        .form(n("SE 138-01"))
        .extended(Exception)
        .remark(n("Une mission de moins de 3 mois se déclare aussi au Service de l’emploi de Monaco.")),
    bound("ME", n("Monténégro"), Likely(36)).form_inferred(n("SE 21-01")),
    bound("NE", n("Niger"), Likely(36))
        .form_inferred(n("SE 337-01"))
        .employees_only(),
    bound("NC", n("Nouvelle-Calédonie"), Confirmed(24))
        .known_as(&["Nouméa"])
        .form(n("SE 988-01"))
        .extended(Months(24))
        .asked_before(2)
        .dependent(),
    bound("PH", n("Philippines"), Likely(36))
        .form_inferred(n("SE 220-01"))
        .employees_only(),
    bound("PF", n("Polynésie française"), Unknown)
        .known_as(&["Tahiti"])
        .form_inferred(n("SE 980-01"))
        .dependent(),
    bound("CA-QC", n("Québec"), Confirmed(36))
        .known_as(&["Montréal"])
        .form(n("SE 401-Q-201"))
        .extended(Possible)
        .self_employed(Confirmed(12), Possible)
        .dependent(),
    bound("SM", n("Saint-Marin"), Unknown).form_inferred(n("SE 128-01")),
    bound("PM", n("Saint-Pierre-et-Miquelon"), Unknown).dependent(),
    bound("SN", n("Sénégal"), Likely(36))
        .form(n("SE 341-01"))
        .extended(Possible)
        .for_nationals(Both),
    bound("RS", n("Serbie"), Confirmed(24)).self_employed(Confirmed(24), Unsaid),
    bound("TG", n("Togo"), Likely(36)).form_inferred(n("SE 345-01")),
    bound("TN", n("Tunisie"), Likely(36))
        .form(n("SE 351-01"))
        .extended(Possible)
        .self_employed(Likely(36), Possible),
    bound("TR", n("Turquie"), Confirmed(36))
        .form_inferred(n("SE 208-01FT"))
        .extended(Possible)
        .for_nationals(Both),
    bound("UY", n("Uruguay"), Confirmed(24))
        .form(n("SE 423-01 (UR/FR 01)"))
        .extended(Exception),
];
