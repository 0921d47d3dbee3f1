import { expect, type Locator, type Page } from '@playwright/test';

/** The error summary of a form and the messages beside its fields. */
export class Problems {
    readonly summary: Locator;

    constructor(private readonly page: Page) {
        this.summary = page.getByRole('alert', { name: 'Il y a un problème' });
    }

    /** Exactly these sentences, in this order, in the summary; the title says so too. */
    async expectSummary(...sentences: (string | RegExp)[]) {
        await expect(this.summary.getByRole('listitem')).toHaveText(sentences);
        await expect(this.page).toHaveTitle(/^Erreur\s: /);
    }

    /** The sentence of the summary leads to the field, which is marked and described by the same sentence. */
    async expectField(label: string, sentence: string) {
        const field = this.page.getByRole('textbox', { name: label });
        await expect(field).toHaveAttribute('aria-invalid', 'true');
        await expect(field).toHaveAccessibleDescription(new RegExp(escaped(sentence)));
        await this.summary.getByRole('link', { name: sentence }).click();
        await expect(field).toBeFocused();
    }
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s/g, '\\s');
