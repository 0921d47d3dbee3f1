import { expect, type Locator, type Page } from '@playwright/test';

/** « Gérer les établissements », with the dialog after « Enregistrer ». */
export class ListPage {
    readonly heading: Locator;
    readonly search: Locator;
    readonly saved: Locator;
    readonly rows: Locator;

    constructor(private readonly page: Page) {
        this.heading = page.getByRole('heading', { level: 1, name: 'Gérer les établissements' });
        this.search = page.getByRole('searchbox');
        this.saved = page.getByRole('dialog');
        // The head's row holds no link to a client.
        this.rows = page.getByRole('row').filter({ has: this.pencils() });
    }

    private pencils() {
        return this.page.getByRole('link', { name: /^Modifier / });
    }

    row(name: string) {
        return this.page.getByRole('row').filter({ has: this.pencil(name) });
    }

    pencil(name: string) {
        return this.page.getByRole('link', { name: `Modifier ${name}`, exact: true });
    }

    /** « + Ajouter un compte »; an empty portfolio offers it twice. */
    add() {
        return this.page.getByRole('main').getByRole('link', { name: 'Ajouter un compte' }).first().click();
    }

    /** What is said after « Résilier ». */
    ended(name: string) {
        return this.page.getByRole('status').filter({ hasText: `L’inscription de ${name}` });
    }

    /** The names of the clients shown, in order. */
    async names(): Promise<string[]> {
        const said = await this.pencils().evaluateAll((links) =>
            links.map((link) => link.getAttribute('aria-label') ?? link.textContent ?? ''),
        );
        return said.map((text) => text.trim().replace(/^Modifier /, ''));
    }

    /** The card's step 4: the dialog says so, « OK » closes it. */
    async confirmSaved() {
        await expect(this.saved).toContainText('Votre modification a bien été prise en compte.');
        await this.saved.getByRole('button', { name: 'OK' }).click();
        await expect(this.saved).toBeHidden();
        await expect(this.heading).toBeVisible();
    }

    async find(text: string) {
        await this.search.fill(text);
        await this.search.press('Enter');
    }

    sortBy(column: string) {
        return this.page.getByRole('columnheader', { name: column }).getByRole('link').click();
    }

    lastPage() {
        return this.page.getByRole('link', { name: 'Dernière', exact: true }).click();
    }
}
