import type { Locator, Page } from '@playwright/test';
import { Problems } from './problems.ts';

/** « Sécurité » and the pages around it. */
export class SecurityPage {
    readonly heading: Locator;
    readonly problems: Problems;
    readonly code: Locator;

    constructor(private readonly page: Page) {
        this.heading = page.getByRole('heading', { level: 1, name: 'Sécurité' });
        this.problems = new Problems(page);
        this.code = page.getByRole('textbox', { name: 'Code' });
    }

    title(name: string) {
        return this.page.getByRole('heading', { level: 1, name });
    }

    link(name: string) {
        return this.page.getByRole('main').getByRole('link', { name, exact: true });
    }

    button(name: string) {
        return this.page.getByRole('main').getByRole('button', { name, exact: true });
    }

    password(label: string) {
        return this.page.getByLabel(label, { exact: true });
    }

    /** The secret of the application that is being added. */
    secret() {
        return this.page.locator('code').innerText();
    }

    async confirm(password: string, code = '') {
        await this.password('Mot de passe').fill(password);
        if (code) await this.code.fill(code);
        await this.button('Confirmer').click();
    }
}
