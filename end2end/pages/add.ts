import type { Locator, Page } from '@playwright/test';
import { Problems } from './problems.ts';

/** « + Ajouter un compte »: one field that adds and finds. */
export class AddPage {
    readonly heading: Locator;
    readonly identifier: Locator;
    readonly problems: Problems;

    constructor(private readonly page: Page) {
        this.heading = page.getByRole('heading', { level: 1, name: 'Ajouter un compte' });
        this.identifier = page.getByRole('textbox', { name: 'Siren, Siret ou numéro de compte' });
        this.problems = new Problems(page);
    }

    async enrol(identifier: string) {
        await this.identifier.fill(identifier);
        await this.page.getByRole('button', { name: 'Inscrire', exact: true }).click();
    }

    /** The Siren's other scheme, offered once the first is told to be there. */
    async enrolOther() {
        await this.page.getByRole('checkbox', { name: 'Inscrire aussi les comptes de son autre régime' }).check();
        await this.page.getByRole('button', { name: 'Inscrire', exact: true }).click();
    }

    async find(identifier: string) {
        await this.identifier.fill(identifier);
        await this.page.getByRole('button', { name: 'Rechercher', exact: true }).click();
    }
}
