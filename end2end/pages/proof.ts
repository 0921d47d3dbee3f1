import { expect, type Locator, type Page } from '@playwright/test';
import type { Client } from '../fixtures/registry.ts';
import { Problems } from './problems.ts';

/** « Justifier le mandat »: the status, then the two secrets of that status. */
export class ProofPage {
    readonly heading: Locator;
    readonly amount: Locator;
    readonly employerAccount: Locator;
    readonly nir: Locator;
    readonly selfEmployedAccount: Locator;
    readonly problems: Problems;

    constructor(private readonly page: Page) {
        const field = (name: string) => page.getByRole('textbox', { name });
        this.heading = page.getByRole('heading', { level: 1, name: 'Justifier le mandat' });
        this.amount = field('Montant à payer déclaré sur la dernière déclaration');
        this.employerAccount = field('Numéro de compte employeur');
        this.nir = field('Numéro de sécurité sociale');
        this.selfEmployedAccount = field('Numéro de compte Indépendant');
        this.problems = new Problems(page);
    }

    status(name: 'Employeur' | 'Travailleur indépendant') {
        return this.page.getByRole('radio', { name });
    }

    async employer(amount: string, account: string) {
        await this.status('Employeur').check();
        await this.amount.fill(amount);
        await this.employerAccount.fill(account);
        await this.submit();
    }

    async selfEmployed(nir: string, account: string) {
        await this.status('Travailleur indépendant').check();
        await this.nir.fill(nir);
        await this.selfEmployedAccount.fill(account);
        await this.submit();
    }

    async manager(nir: string) {
        await this.nir.fill(nir);
        await this.submit();
    }

    /** The right secrets of a client. */
    async prove(client: Client) {
        await expect(this.heading).toBeVisible();
        switch (client.kind) {
            case 'employer': return this.employer(client.amount, client.account);
            case 'self-employed': return this.selfEmployed(client.nir, client.account);
            case 'manager': return this.manager(client.nir);
        }
    }

    submit() {
        return this.page.getByRole('button', { name: 'Continuer' }).click();
    }
}
