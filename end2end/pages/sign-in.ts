import type { Locator, Page } from '@playwright/test';
import { Problems } from './problems.ts';

/** « Identifiant », « Mot de passe ». */
export class SignInPage {
    readonly heading: Locator;
    readonly identifier: Locator;
    readonly password: Locator;
    readonly problems: Problems;

    constructor(private readonly page: Page) {
        this.heading = page.getByRole('heading', { level: 1, name: 'Connexion' });
        this.identifier = page.getByRole('textbox', { name: 'Identifiant' });
        this.password = page.getByLabel('Mot de passe', { exact: true });
        this.problems = new Problems(page);
    }

    async fill(identifier: string, password: string) {
        await this.identifier.fill(identifier);
        await this.password.fill(password);
    }

    submit() {
        return this.page.getByRole('button', { name: 'Se connecter', exact: true }).click();
    }
}
