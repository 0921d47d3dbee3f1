import { type Locator, type Page } from '@playwright/test';

/** « Ajouter plusieurs comptes »: where a file is sent, and the page of one file. */
export class ImportPage {
    readonly heading: Locator;

    constructor(readonly page: Page) {
        this.heading = page.getByRole('heading', { name: 'Ajouter plusieurs comptes', level: 1 });
    }

    /** Sends a file of these lines. */
    async send(lines: string[], name = 'clients.csv') {
        await this.sendBytes(Buffer.from(lines.join('\r\n'), 'utf8'), name);
    }

    async sendBytes(buffer: Buffer, name: string) {
        await this.page.getByLabel('Fichier de clients').setInputFiles({ name, mimeType: 'application/octet-stream', buffer });
        await this.page.getByRole('button', { name: 'Envoyer le fichier' }).click();
    }

    async check() {
        await this.page.getByRole('button', { name: 'Contrôler le fichier' }).click();
    }

    /** The row of a line, by its number. */
    line(number: number): Locator {
        const table = this.page.getByRole('table', { name: 'Résultat, ligne par ligne' });
        return table.getByRole('row').filter({ has: this.page.getByRole('rowheader', { name: new RegExp(`^(Ligne\\s*)?${number}$`) }) });
    }

    figures(): Locator {
        return this.page.getByRole('navigation', { name: 'Lignes à montrer' });
    }

    async cancel() {
        await this.page.getByText('Annuler cet import').click();
        await this.page.getByRole('button', { name: 'Annuler l’import' }).click();
    }
}
