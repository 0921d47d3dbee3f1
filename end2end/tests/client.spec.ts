// A client of the portfolio: its services changed, and the card's step 6, its removal.
import * as registry from '../fixtures/registry.ts';
import { expect, test } from '../fixtures/test.ts';
import { ABROAD } from '../pages/services.ts';

const DPAE = 'Déclarer une embauche (DPAE)';
const VIGILANCE = 'Télécharger une attestation de vigilance';

test('services are changed, and the history tells', { tag: ['@phone', '@no-script'] }, async ({ portal, member }) => {
    const client = registry.employer();
    await registry.register(client);
    await portal.signInAs(member);
    await portal.enrolQuietly(client, ['DPAE']);
    await portal.goto('/etablissements');
    await portal.list.pencil(client.name).click();
    await expect(portal.client.heading(client.name)).toBeVisible();
    await expect(portal.services.ticked()).toHaveCount(1);
    await portal.services.service(DPAE).uncheck();
    await portal.services.service(ABROAD).check();
    await portal.services.save();
    await portal.list.confirmSaved();
    await portal.list.pencil(client.name).click();
    await expect(portal.services.service(ABROAD)).toBeChecked();
    await expect(portal.services.service(DPAE)).not.toBeChecked();
    await expect(portal.client.history()).toContainText(`Ajouté : ${ABROAD} ; retiré : ${DPAE}`);
    await expect(portal.client.history()).toContainText(member.name);
});

test('the list is found again as it was', async ({ portal, member, page }) => {
    const client = registry.employer();
    await registry.register(client);
    await portal.signInAs(member);
    await portal.enrolQuietly(client);
    await portal.goto('/etablissements?q=boulangerie&tri=date&sens=desc');
    await portal.list.pencil(client.name).click();
    // Nothing was ticked or unticked.
    await portal.services.save();
    await expect(page.getByRole('status').filter({ hasText: 'Rien n’a changé' })).toBeVisible();
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(page).toHaveURL(/q=boulangerie/);
    await expect(page).toHaveURL(/tri=date/);
    await portal.list.pencil(client.name).click();
    await portal.services.service(ABROAD).check();
    await portal.services.save();
    await portal.list.confirmSaved();
    await expect(page).toHaveURL(/q=boulangerie/);
    await expect(page).toHaveURL(/tri=date/);
});

test('changed meanwhile by a colleague: told who and what, choices kept, then saved', { tag: '@no-script' }, async ({ portal, member, colleague, page }) => {
    const client = registry.employer();
    await registry.register(client);
    await portal.signInAs(member);
    await portal.enrolQuietly(client);
    await portal.goto('/etablissements');
    await portal.list.pencil(client.name).click();
    await expect(portal.client.heading(client.name)).toBeVisible();
    await portal.services.service(ABROAD).check();

    await colleague.goto(new URL(page.url()).pathname);
    await colleague.services.service(DPAE).check();
    await colleague.services.save();
    await colleague.list.confirmSaved();

    await portal.services.save();
    await expect(portal.services.problems.summary).toContainText(/Paul Durand a modifié ce client le .* \(ajouté\s: Déclarer une embauche \(DPAE\)\)/);
    await expect(portal.services.service(ABROAD)).toBeChecked();
    await portal.services.service(DPAE).check();
    await portal.services.save();
    await portal.list.confirmSaved();
    await portal.list.pencil(client.name).click();
    await expect(portal.services.ticked()).toHaveCount(2);
});

for (const [make, accounts] of [
    [registry.employer, 'Comptes Régime Général'],
    [registry.selfEmployed, 'Comptes Travailleur Indépendant'],
] as const) {
    test(`removal from ${accounts}, as the card tells it`, { tag: ['@phone', '@no-script'] }, async ({ portal, member, page }) => {
        const client = make();
        await registry.register(client);
        await portal.signInAs(member);
        await portal.enrolQuietly(client);

        await portal.goto('/etablissements');
        await portal.list.add();
        await portal.add.find(client.siren);
        await portal.list.pencil(client.name).click();
        await expect(portal.client.heading(client.name)).toBeVisible();

        await portal.client.terminate();
        const grouped = client.siren.replace(/(...)(...)(...)/, '$1 $2 $3');
        await expect(
            page.getByText(`Veuillez confirmer la suppression immédiate de l'inscription ${accounts} du siren ${grouped}`),
        ).toBeVisible();
        await portal.client.answer('Annuler').click();
        await expect(portal.client.heading(client.name)).toBeVisible();

        await portal.client.terminate();
        await portal.client.answer('OK').click();
        await expect(portal.list.heading).toBeVisible();
        await expect(portal.list.ended(client.name)).toBeVisible();
        await expect(portal.list.pencil(client.name)).toHaveCount(0);
    });
}

test('a gérant majoritaire is named by the account number in the question', async ({ portal, member, page }) => {
    const client = registry.manager();
    await registry.register(client);
    await portal.signInAs(member);
    await portal.enrolQuietly(client);
    await portal.goto('/etablissements');
    await portal.list.pencil(client.name).click();
    await portal.client.terminate();
    const grouped = client.account.replace(/(...)(?!$)/g, '$1 ');
    await expect(page.getByText(`de l'inscription Comptes Travailleur Indépendant du compte ${grouped}`)).toBeVisible();
});

test('the safe answer has the focus, Escape is « Annuler »', async ({ portal, member, page }) => {
    const client = registry.employer();
    await registry.register(client);
    await portal.signInAs(member);
    await portal.enrolQuietly(client);
    await portal.goto('/etablissements');
    await portal.list.pencil(client.name).click();
    await portal.client.terminate();
    await expect(portal.client.answer('Annuler')).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(portal.client.dialog).toBeHidden();
    await portal.goto('/etablissements');
    await expect(portal.list.row(client.name)).toBeVisible();
});

test('removed meanwhile by a colleague: told who, nothing left to change', async ({ portal, member, colleague, page }) => {
    const client = registry.employer();
    await registry.register(client);
    await portal.signInAs(member);
    await portal.enrolQuietly(client);
    await portal.goto('/etablissements');
    await portal.list.pencil(client.name).click();
    await expect(portal.client.heading(client.name)).toBeVisible();

    await colleague.goto(new URL(page.url()).pathname);
    await colleague.client.terminate();
    await colleague.client.answer('OK').click();
    await expect(colleague.list.heading).toBeVisible();

    await portal.services.service(VIGILANCE).check();
    await portal.services.save();
    await expect(portal.services.problems.summary).toContainText(/Paul Durand a résilié cette inscription le .*\. Il n’y a plus rien à modifier\./);
    await portal.client.terminate();
    await portal.client.answer('OK').click();
    await expect(page.getByText(/est résiliée depuis le .*, par Paul Durand/)).toBeVisible();
});

test('the space bar asks before an enrolment is ended, and takes the question back', async ({ portal, member, page }) => {
    const client = registry.employer();
    await registry.register(client);
    await portal.signInAs(member);
    await portal.enrolQuietly(client);
    await portal.goto('/etablissements');
    await portal.list.pencil(client.name).click();
    await expect(portal.client.heading(client.name)).toBeVisible();
    await page.getByRole('button', { name: 'Résilier' }).press('Space');
    await expect(portal.client.dialog).toBeVisible();
    await portal.client.answer('Annuler').press('Space');
    await expect(portal.client.dialog).toBeHidden();
});

test('a removed client can be enrolled again', async ({ portal, member }) => {
    const client = registry.employer();
    await registry.register(client);
    await portal.signInAs(member);
    await portal.enrolQuietly(client);
    await portal.goto('/etablissements');
    await portal.list.pencil(client.name).click();
    await portal.client.terminate();
    await portal.client.answer('OK').click();
    await expect(portal.list.ended(client.name)).toBeVisible();
    await portal.enrol(client);
    await portal.list.confirmSaved();
    await expect(portal.list.rows).toHaveCount(1);
});
