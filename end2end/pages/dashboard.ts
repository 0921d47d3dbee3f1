// « Tableau de bord », and the review that it leads to.
import type { Locator, Page } from '@playwright/test';

export class DashboardPage {
    readonly heading: Locator;

    constructor(private readonly page: Page) {
        this.heading = page.getByRole('heading', { level: 1, name: 'Tableau de bord' });
    }

    /** What needs attention, by its words. */
    figure(words: RegExp): Locator {
        return this.page.getByRole('region', { name: 'À traiter' }).getByRole('link', { name: words });
    }

    /** The rows of one side of the portfolio. */
    parts(side: string): Locator {
        return this.page.getByRole('table', { name: side, exact: true }).getByRole('row').filter({ has: this.page.getByRole('link') });
    }
}
