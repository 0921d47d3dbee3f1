// One's own access: the password, sessions, a second factor, and the session that ends by itself.
import { code } from '../fixtures/codes.ts';
import type { Member } from '../fixtures/firm.ts';
import { Portal } from '../fixtures/portal.ts';
import * as registry from '../fixtures/registry.ts';
import { expect, test } from '../fixtures/test.ts';
import { ABROAD } from '../pages/services.ts';

const everywhere = { tag: ['@phone', '@no-script'] };

/** What axe finds; it needs the page's own timers, which do not run without JavaScript; the page is the same. */
async function look(portal: Portal) {
    if (portal.script) await portal.expectAccessible();
}

/** Adds an application to the signed-in member's access; its secret, and the recovery codes. */
async function addApplication(portal: Portal) {
    const { security } = portal;
    await portal.goto('/securite');
    await security.link('Ajouter une application').click();
    await expect(security.title('Ajouter une application')).toBeVisible();
    await look(portal);
    await security.button('Afficher le carré à scanner').click();
    await expect(portal.page.getByRole('img', { name: /Carré à scanner/ })).toBeVisible();
    await look(portal);
    await portal.expectFits();
    const secret = await security.secret();
    expect(portal.page.url()).not.toContain(secret.slice(0, 4));
    await security.code.fill('12');
    await security.button('Ajouter l’application').click();
    await expect(security.problems.summary).toBeVisible();
    await security.code.fill(code(secret));
    await security.button('Ajouter l’application').click();
    await expect(security.title('Codes de secours')).toBeVisible();
    const list = portal.page.getByRole('main').getByRole('listitem').filter({ hasText: /^[0-9a-z]{6}(-[0-9a-z]{6}){3}$/ });
    await expect(list).toHaveCount(10);
    await look(portal);
    const recovery = await list.allInnerTexts();
    await security.button('Mes codes sont notés').click();
    await expect(security.heading).toBeVisible();
    return { secret, recovery };
}

async function signOut(portal: Portal) {
    await portal.page.getByRole('button', { name: 'Se déconnecter' }).click();
    await expect(portal.page).toHaveURL('/');
}

async function password(portal: Portal, member: Member) {
    await portal.goto('/connexion');
    await portal.signIn.fill(member.identifier, member.password);
    await portal.signIn.submit();
}

test('a new password: the old one no longer opens', everywhere, async ({ portal, member, page }) => {
    const { security } = portal;
    await portal.signInAs(member);
    await page.getByRole('banner').getByRole('link', { name: 'Sécurité' }).click();
    await expect(security.heading).toBeVisible();
    await look(portal);
    await portal.expectFits();
    await security.link('Changer de mot de passe').click();
    await expect(security.title('Changer de mot de passe')).toBeVisible();
    await security.password('Mot de passe actuel').fill('faux');
    await security.password('Nouveau mot de passe').fill('motdepasse2026');
    await security.button('Changer de mot de passe').click();
    await security.problems.expectSummary('Ce mot de passe n’est pas le vôtre.');
    await look(portal);
    await security.password('Mot de passe actuel').fill(member.password);
    await security.password('Nouveau mot de passe').fill('motdepasse2026');
    await security.button('Changer de mot de passe').click();
    await expect(security.problems.summary).toContainText('Ce mot de passe est facile à deviner.');
    await security.password('Mot de passe actuel').fill(member.password);
    await security.password('Nouveau mot de passe').fill('tuile vent 47 lampe');
    await security.button('Changer de mot de passe').click();
    await expect(page.getByText('Votre mot de passe est changé.')).toBeVisible();
    await signOut(portal);
    await password(portal, member);
    await portal.signIn.problems.expectSummary('L’identifiant ou le mot de passe est incorrect.');
    await password(portal, { ...member, password: 'tuile vent 47 lampe' });
    await expect(portal.dashboard.heading).toBeVisible();
});

test('the gauge tells while a password is typed, and it can be shown', async ({ portal, member, page }) => {
    const { security } = portal;
    await portal.signInAs(member);
    await portal.goto('/securite/mot-de-passe');
    const field = security.password('Nouveau mot de passe');
    const gauge = page.getByRole('status').filter({ hasText: 'Solidité' });
    for (const [typed, told] of [['court', 'trop court'], ['123456789012', 'facile à deviner'], ['cheval agrafe pile juste', 'solide']] as const) {
        await field.fill(typed);
        await expect(gauge).toContainText(told);
    }
    await look(portal);
    await page.getByRole('button', { name: 'Afficher le nouveau mot de passe' }).click();
    await expect(field).toHaveAttribute('type', 'text');
});

test('another session is seen, and ended', { tag: '@no-script' }, async ({ portal, member, browser, page, contextOptions }) => {
    await portal.signInAs(member);
    const elsewhere = await browser.newContext(contextOptions);
    const other = new Portal(await elsewhere.newPage(), portal.script);
    await other.signInAs(member);
    await portal.goto('/securite');
    await expect(page.getByText('(cette session)')).toHaveCount(1);
    await page.getByRole('button', { name: /^Fermer la session Chrome/ }).click();
    await expect(page.getByText('C’est fermé')).toBeVisible();
    await expect(page.getByRole('button', { name: /^Fermer la session/ })).toHaveCount(0);
    await other.goto('/etablissements');
    await expect(other.signIn.heading).toBeVisible();
    await elsewhere.close();
});

test('a second factor: added, asked for, taken once, removed', everywhere, async ({ portal, member, page }) => {
    test.slow();
    const { security } = portal;
    await portal.signInAs(member);
    const { secret, recovery } = await addApplication(portal);
    await signOut(portal);

    await password(portal, member);
    await expect(security.title('Code de connexion')).toBeVisible();
    await look(portal);
    await portal.goto('/etablissements');
    await expect(portal.signIn.heading).toBeVisible();
    await password(portal, member);
    await expect(security.title('Code de connexion')).toBeVisible();
    await security.code.fill('zzzzz-zzzzz');
    await security.button('Continuer').click();
    await security.problems.expectSummary('Ce code n’est pas le bon, ou a déjà servi. Attendez le suivant et saisissez-le.');
    await security.code.fill(code(secret, 1));
    await security.button('Continuer').click();
    await expect(portal.dashboard.heading).toBeVisible();
    await expect(page.getByText(member.name)).toBeAttached();
    await signOut(portal);

    await password(portal, member);
    await security.code.fill(recovery[0]!);
    await security.button('Continuer').click();
    await expect(portal.dashboard.heading).toBeVisible();
    await portal.goto('/securite');
    await expect(page.getByText(/il reste 9\scodes sur 10/)).toBeVisible();
    await security.link('Retirer l’application').click();
    await expect(security.title('Retirer l’application')).toBeVisible();
    await look(portal);
    await security.button('Retirer').click();
    await expect(page.getByText('Votre application est retirée')).toBeVisible();
    await signOut(portal);
    await portal.signInAs(member);
});

test('the confirmation page: wrong, right, and back', everywhere, async ({ portal, member, page }) => {
    const { security } = portal;
    await portal.signInAs(member);
    await portal.goto('/connexion/confirmer?suite=%2Fsecurite');
    await expect(security.title('Confirmez que c’est vous')).toBeVisible();
    await look(portal);
    await security.confirm('pas le bon');
    await security.problems.expectSummary('Ce mot de passe n’est pas le vôtre.');
    await security.confirm(member.password);
    await expect(page).toHaveURL('/securite?fait=confirmation');
    await expect(page.getByText('C’est confirmé')).toBeVisible();
    await signOut(portal);
});

test('« Résilier » long after signing in: confirmed first, then done', async ({ portal, member, page }) => {
    const { security } = portal;
    const client = registry.employer();
    await registry.register(client);
    await portal.signInAs(member);
    await portal.enrolQuietly(client);
    await portal.goto('/etablissements');
    await portal.list.pencil(client.name).click();
    await expect(portal.client.heading(client.name)).toBeVisible();
    // The server's answer a quarter of an hour later, which no test waits for.
    await page.route('**/api/resilier', (route) => route.fulfill({ status: 403, json: 'Unconfirmed' }), { times: 1 });
    await portal.client.terminate();
    await portal.client.answer('OK').click();
    await expect(security.title('Confirmez que c’est vous')).toBeVisible();
    await security.confirm(member.password);
    await expect(portal.client.heading(client.name)).toBeVisible();
    await expect(page.getByText(/Appuyez de nouveau sur «\sRésilier\s»/)).toBeVisible();
    await portal.client.terminate();
    await portal.client.answer('OK').click();
    await expect(portal.list.heading).toBeVisible();
    await expect(portal.list.ended(client.name)).toBeVisible();
});

test('the warning: two minutes before the end, for all tabs, and staying', async ({ portal, member, page }) => {
    await page.clock.install();
    await portal.signInAs(member);
    // A page that calls nothing: no answer that comes late counts as a request of later.
    await portal.goto('/aide');
    const warning = page.getByRole('dialog', { name: /Votre session se termine dans 2\sminutes/ });
    await page.clock.runFor('11:50');
    await expect(warning).toBeHidden();
    await page.clock.runFor('00:20');
    await expect(warning).toBeVisible();
    await look(portal);
    await expect(warning.getByRole('button', { name: 'Rester connecté' })).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(warning).toBeVisible();
    await warning.getByRole('button', { name: 'Rester connecté' }).click();
    await page.clock.runFor('00:04');
    await expect(warning).toBeHidden();
    await page.clock.runFor('11:30');
    await expect(warning).toBeHidden();
});

test('the warning: signing out from it', async ({ portal, member, page }) => {
    await page.clock.install();
    await portal.signInAs(member);
    await portal.goto('/aide');
    await page.clock.runFor('12:10');
    const warning = page.getByRole('dialog', { name: /Votre session se termine/ });
    await warning.getByRole('button', { name: 'Se déconnecter' }).click();
    await expect(page).toHaveURL('/');
    await expect(warning).toBeHidden();
});

test('ended while idle: said so, and the choices are there after signing in again', async ({ portal, member, page, context }) => {
    await page.clock.install();
    const client = registry.employer();
    await registry.register(client);
    await portal.signInAs(member);
    await portal.goto('/etablissements/ajouter');
    await portal.add.enrol(client.siren);
    await portal.proof.prove(client);
    await expect(portal.services.heading).toBeVisible();
    await portal.services.service(ABROAD).check();
    const here = new URL(page.url()).pathname;
    await page.clock.runFor('14:10');
    await expect(portal.signIn.heading).toBeVisible();
    await expect(page.getByText('Votre session a pris fin.')).toBeVisible();
    await expect(page.locator('body')).not.toContainText(client.name);
    await look(portal);
    await context.clearCookies();
    await portal.signIn.fill(member.identifier, member.password);
    await portal.signIn.submit();
    await expect(page).toHaveURL(here);
    await expect(portal.services.service(ABROAD)).toBeChecked();
});
