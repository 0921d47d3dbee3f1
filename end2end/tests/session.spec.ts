// A session that ends while somebody works: nothing typed is lost, and the network may fail.
import * as registry from '../fixtures/registry.ts';
import { expect, test } from '../fixtures/test.ts';
import { ABROAD } from '../pages/services.ts';

test('ended in the middle of the services: the choices are there after signing in again', async ({ portal, member, page, context }) => {
    const client = registry.employer();
    await registry.register(client);
    await portal.signInAs(member);
    await portal.goto('/etablissements/ajouter');
    await portal.add.enrol(client.siren);
    await portal.proof.prove(client);
    await expect(portal.services.heading).toBeVisible();
    await portal.services.service(ABROAD).check();
    const here = new URL(page.url()).pathname;

    await context.clearCookies();
    await portal.services.save();
    await expect(portal.signIn.heading).toBeVisible();
    await expect(page.getByText(/Votre session a pris fin\. Reconnectez-vous\s: vous reprendrez où vous en étiez\./)).toBeVisible();
    await portal.signIn.fill(member.identifier, member.password);
    await portal.signIn.submit();
    await expect(page).toHaveURL(here);
    await expect(portal.services.service(ABROAD)).toBeChecked();
    await portal.services.save();
    await portal.list.confirmSaved();
    await expect(portal.list.row(client.name)).toBeVisible();
});

test('ended before an address is opened without JavaScript', { tag: '@no-script' }, async ({ portal, member, page, context }) => {
    await portal.signInAs(member);
    await context.clearCookies();
    await portal.goto('/etablissements/ajouter');
    await expect(portal.signIn.heading).toBeVisible();
    await portal.signIn.fill(member.identifier, member.password);
    await portal.signIn.submit();
    await expect(page).toHaveURL('/etablissements/ajouter');
});

test('signed out in another tab: this one shows nothing any more', async ({ portal, member, page }) => {
    const client = registry.employer();
    await registry.register(client);
    await portal.signInAs(member);
    await portal.enrolQuietly(client);
    const tab = await portal.anotherTab();
    await tab.goto('/etablissements');
    await expect(tab.list.row(client.name)).toBeVisible();
    await page.getByRole('button', { name: 'Se déconnecter' }).click();
    await expect(page).toHaveURL('/');
    await expect(tab.signIn.heading).toBeVisible();
    await expect(tab.page.locator('body')).not.toContainText(client.name);
    await expect(tab.page.locator('body')).not.toContainText(member.name);
});

// A page that is on its way would be an empty one, and nobody would know whether to wait.
test('a slow network: a page that is on its way says so, and takes its place', { tag: '@phone' }, async ({ portal, member, page }) => {
    await portal.signInAs(member);
    await portal.goto('/etablissements');
    let answer = () => {};
    const held = new Promise<void>((resolve) => (answer = resolve));
    await page.route('**/api/**', async (route) => {
        await held;
        await route.continue();
    });
    await page.getByRole('navigation', { name: 'Navigation principale' }).getByRole('link', { name: /^Messages/ }).click();
    const waiting = page.getByRole('status').filter({ hasText: 'Chargement de la page' });
    await expect(waiting).toBeVisible();
    await expect(page.getByRole('heading', { level: 1 })).toHaveCount(0);
    answer();
    await expect(page.getByRole('heading', { level: 1, name: 'Messagerie' })).toBeVisible();
    await expect(waiting).toBeHidden();
});

test('the network fails: said so, what was typed stays, and the next try goes on', async ({ portal, member, page, context }) => {
    portal.expectsTrouble = true;
    const client = registry.employer();
    await registry.register(client);
    await portal.signInAs(member);
    await portal.goto('/etablissements/ajouter');
    await context.setOffline(true);
    await portal.add.enrol(client.siren);
    await expect(page.getByRole('alert')).toContainText('Le portail ne répond pas.');
    await expect(portal.add.identifier).toHaveValue(/\d/);
    await context.setOffline(false);
    await portal.add.enrol(client.siren);
    await expect(portal.proof.heading).toBeVisible();
});

test('a firm is suspended in the middle: told so, and goes on once restored', { tag: '@no-script' }, async ({ portal, member, firm, page }) => {
    portal.expectsTrouble = true;
    const client = registry.employer();
    await registry.register(client);
    await portal.signInAs(member);
    await portal.enrolQuietly(client);
    await portal.goto('/etablissements/ajouter');
    await firm.suspend();
    await portal.add.enrol('732829320');
    const told = page.getByText('L’accès de votre cabinet au portefeuille est suspendu.');
    await expect(told).toBeVisible();
    await portal.goto('/etablissements');
    await expect(told).toBeVisible();
    await expect(page.getByText(client.name)).toHaveCount(0);
    await firm.restore();
    await portal.goto('/etablissements');
    await expect(portal.list.row(client.name)).toBeVisible();
});
