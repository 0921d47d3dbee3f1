// What people do besides the straight way: twice, back, reload, another tab.
import * as registry from '../fixtures/registry.ts';
import { expect, test } from '../fixtures/test.ts';
import { ABROAD } from '../pages/services.ts';

test('a client that is there already is told, and can be opened', { tag: '@no-script' }, async ({ portal, member, page }) => {
    const client = registry.employer();
    await registry.register(client);
    await portal.signInAs(member);
    await portal.enrol(client);
    await portal.list.confirmSaved();
    await portal.goto('/etablissements/ajouter');
    await portal.add.enrol(client.siret);
    await expect(portal.add.problems.summary).toContainText('Ce client est déjà dans votre portefeuille (Comptes Régime Général).');
    await page.getByRole('link', { name: 'Ouvrir ce client' }).click();
    await expect(portal.client.heading(client.name)).toBeVisible();
});

test('a double click saves once', async ({ portal, member, page }) => {
    const client = registry.employer();
    await registry.register(client);
    await portal.signInAs(member);
    await portal.goto('/etablissements/ajouter');
    await portal.add.enrol(client.siren);
    await portal.proof.prove(client);
    await expect(portal.services.heading).toBeVisible();
    await page.getByRole('button', { name: 'Enregistrer', exact: true }).dblclick();
    await portal.list.confirmSaved();
    await expect(portal.list.rows).toHaveCount(1);
});

test('back after saving, and saving again, makes no second client', { tag: '@no-script' }, async ({ portal, member, page }) => {
    const client = registry.employer();
    await registry.register(client);
    await portal.signInAs(member);
    await portal.enrol(client, [ABROAD]);
    await portal.list.confirmSaved();
    await page.goBack();
    await portal.goto('/etablissements');
    await expect(portal.list.rows).toHaveCount(1);
});

test('back through the steps keeps the choices, reload loses nothing', async ({ portal, member, page }) => {
    const client = registry.employer();
    await registry.register(client);
    await portal.signInAs(member);
    await portal.goto('/etablissements/ajouter');
    await portal.add.enrol(client.siren);
    await portal.proof.prove(client);
    await expect(portal.services.heading).toBeVisible();
    await portal.services.service(ABROAD).check();
    await portal.reload();
    await expect(portal.services.heading).toBeVisible();
    await page.goBack();
    await page.goForward();
    await expect(portal.services.heading).toBeVisible();
    await portal.services.save();
    await portal.list.confirmSaved();
    await expect(portal.list.rows).toHaveCount(1);
});

test('after the dialog the focus is on the row that it spoke of', async ({ portal, member }) => {
    const client = registry.employer();
    await registry.register(client);
    await portal.signInAs(member);
    await portal.enrol(client);
    await portal.list.confirmSaved();
    await expect(portal.list.row(client.name)).toBeFocused();
});

test('what one member left unsent is not shown to the next in the same tab', async ({ portal, member, page }) => {
    await portal.signInAs(member);
    await portal.goto('/etablissements/ajouter');
    await portal.add.identifier.fill('732 829 320');
    await portal.reload();
    await expect(portal.add.identifier).toHaveValue('732 829 320');
    await page.evaluate(() => sessionStorage.setItem('portail.1.membre', JSON.stringify('quelqu’un d’autre')));
    await page.context().clearCookies();
    await portal.signInAs(member);
    await portal.goto('/etablissements/ajouter');
    await expect(portal.add.identifier).toHaveValue('');
});

test('a reload after saving does not say so again', async ({ portal, member, page }) => {
    const client = registry.employer();
    await registry.register(client);
    await portal.signInAs(member);
    await portal.enrol(client);
    await portal.list.confirmSaved();
    await portal.reload();
    await expect(portal.list.row(client.name)).toBeVisible();
    await expect(page.getByRole('dialog')).toBeHidden();
});

test('the same client in two tabs: the second is told, not doubled', async ({ portal, member }) => {
    const client = registry.employer();
    await registry.register(client);
    await portal.signInAs(member);
    const tab = await portal.anotherTab();
    for (const one of [portal, tab]) {
        await one.goto('/etablissements/ajouter');
        await one.add.enrol(client.siren);
        await one.proof.prove(client);
        await expect(one.services.heading).toBeVisible();
    }
    await portal.services.save();
    await portal.list.confirmSaved();
    await tab.services.save();
    await expect(tab.services.problems.summary).toContainText('Ce client est déjà dans votre portefeuille (Comptes Régime Général).');
});

test('two clients in two tabs do not mix', async ({ portal, member }) => {
    const [first, second] = [registry.employer({ name: 'Premier' }), registry.selfEmployed({ name: 'Second' })];
    await registry.register(first, second);
    await portal.signInAs(member);
    const tab = await portal.anotherTab();
    await portal.goto('/etablissements/ajouter');
    await portal.add.enrol(first.siren);
    await tab.goto('/etablissements/ajouter');
    await tab.add.enrol(second.siren);
    await portal.proof.prove(first);
    await tab.proof.prove(second);
    await portal.services.save();
    await portal.list.confirmSaved();
    await tab.services.save();
    await tab.list.confirmSaved();
    await expect(tab.list.row('Premier')).toContainText('Régime Général');
    await expect(tab.list.row('Second')).toContainText('Travailleur Indépendant');
});
