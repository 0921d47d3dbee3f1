import type { Locator, Page } from '@playwright/test';

/** The jump box. */
export class JumpBox {
    readonly button: Locator;
    readonly box: Locator;
    readonly input: Locator;
    readonly options: Locator;

    constructor(private readonly page: Page) {
        this.button = page.getByRole('link', { name: 'Aller à…' });
        this.box = page.getByRole('dialog', { name: /^Aller à un client/ });
        this.input = this.box.getByRole('combobox');
        this.options = this.box.getByRole('option');
    }

    async open() {
        await this.page.keyboard.press('Control+k');
    }
}
