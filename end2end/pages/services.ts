import type { Locator, Page } from '@playwright/test';
import { Problems } from './problems.ts';

export const ONLINE = 'Services en ligne';
export const EMAIL = 'Services de communication par courriel';
export const ABROAD = "Travailler à l'étranger";

/** « Choisir les services »: the two lists of the card. A client's page has the same lists. */
export class ServicesPage {
    readonly heading: Locator;
    readonly problems: Problems;

    constructor(private readonly page: Page) {
        this.heading = page.getByRole('heading', { level: 1, name: 'Choisir les services' });
        this.problems = new Problems(page);
    }

    group(name: string) {
        return this.page.getByRole('group', { name });
    }

    service(name: string) {
        return this.page.getByRole('checkbox', { name });
    }

    ticked() {
        return this.page.getByRole('checkbox', { checked: true });
    }

    tickAll(group: string) {
        return this.group(group).getByRole('button', { name: 'Tout cocher' }).click();
    }

    untickAll(group: string) {
        return this.group(group).getByRole('button', { name: 'Tout décocher' }).click();
    }

    save() {
        return this.page.getByRole('button', { name: 'Enregistrer', exact: true }).click();
    }
}
