import type { Locator, Page } from '@playwright/test';

/** One client: its services, its history, and « Résilier ». */
export class ClientPage {
    readonly dialog: Locator;

    constructor(private readonly page: Page) {
        this.dialog = page.getByRole('dialog');
    }

    heading(name: string) {
        return this.page.getByRole('heading', { level: 1, name });
    }

    /** Asks for the end of the enrolment; the question is still to be answered. */
    terminate() {
        return this.page.getByRole('button', { name: 'Résilier', exact: true }).click();
    }

    /** An answer of the question. */
    answer(name: 'OK' | 'Annuler') {
        return this.page.getByRole('button', { name, exact: true });
    }

    history() {
        return this.page.getByRole('region', { name: 'Historique' });
    }
}
