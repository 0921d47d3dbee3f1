// Passkeys, with a device that Chromium plays: added, shown at each door, refused, removed.
import type { Page } from '@playwright/test';
import { Authenticator } from '../fixtures/authenticator.ts';
import { Portal } from '../fixtures/portal.ts';
import { expect, test } from '../fixtures/test.ts';

const SIGN_IN = 'Se connecter avec une clé d’accès';
const CANCELLED = /^Rien n’a été fait/;

/** Adds a passkey to the signed-in member's access; the recovery codes, where there are new ones. */
async function add(portal: Portal, name: string): Promise<string[]> {
    const { security, page } = portal;
    await portal.goto('/securite');
    await security.link('Ajouter une clé d’accès').click();
    await expect(security.title('Ajouter une clé d’accès')).toBeVisible();
    await portal.expectAccessible();
    await portal.expectFits();
    await page.getByRole('textbox', { name: 'Nom de la clé' }).fill(name);
    await security.button('Créer la clé d’accès').click();
    const codes = security.title('Codes de secours');
    await expect(codes.or(page.getByText('Votre clé d’accès est ajoutée.'))).toBeVisible();
    if (!(await codes.isVisible())) return [];
    const list = page.getByRole('main').getByRole('listitem').filter({ hasText: /^[0-9a-z]{6}(-[0-9a-z]{6}){3}$/ });
    await expect(list).toHaveCount(10);
    const recovery = await list.allInnerTexts();
    await security.button('Mes codes sont notés').click();
    await expect(security.heading).toBeVisible();
    return recovery;
}

async function signOut(portal: Portal) {
    await portal.page.getByRole('button', { name: 'Se déconnecter' }).click();
    await expect(portal.page).toHaveURL('/');
}

const problem = (page: Page) => page.getByRole('alert', { name: 'Il y a un problème' });

test('a passkey: added, opens without an identifier, removed', { tag: '@phone' }, async ({ portal, member, page }) => {
    const { security } = portal;
    const device = await Authenticator.of(page);
    await portal.signInAs(member);
    expect(await add(portal, 'Ordinateur du bureau')).toHaveLength(10);
    await expect(page.getByText('Ordinateur du bureau', { exact: true })).toBeVisible();
    await portal.expectAccessible();
    await portal.expectFits();
    const [kept] = await device.credentials();
    expect(kept).toMatchObject({ isResidentCredential: true, rpId: 'localhost' });
    // The same device holds no second one of this member.
    await security.link('Ajouter une clé d’accès').click();
    await page.getByRole('textbox', { name: 'Nom de la clé' }).fill('Encore');
    await security.button('Créer la clé d’accès').click();
    await expect(problem(page)).toContainText('Cet appareil garde déjà une de vos clés d’accès');
    await portal.expectAccessible();
    await signOut(portal);

    await portal.goto('/connexion?suite=%2Fsecurite');
    await portal.expectAccessible();
    await security.button(SIGN_IN).click();
    await expect(security.heading).toBeVisible();
    await expect(page.getByText(member.name)).toBeAttached();
    await expect(page.getByText(/, utilisée le/).first()).toBeVisible();
    await security.link('Retirer la clé d’accès Ordinateur du bureau').click();
    await expect(security.title('Retirer la clé d’accès')).toBeVisible();
    await portal.expectAccessible();
    await security.button('Retirer').click();
    await expect(page.getByText('Votre clé d’accès est retirée')).toBeVisible();
    await signOut(portal);

    // The device still has it; the portal does not.
    await portal.goto('/connexion');
    await security.button(SIGN_IN).click();
    await expect(problem(page)).toContainText('Cette clé d’accès n’ouvre rien ici.');
    await portal.signInAs(member);
});

test('a passkey after the password, or a recovery code', async ({ portal, member, page }) => {
    const { security } = portal;
    await Authenticator.of(page);
    await portal.signInAs(member);
    const recovery = await add(portal, 'Téléphone');
    await signOut(portal);
    await portal.goto('/connexion');
    await portal.signIn.fill(member.identifier, member.password);
    await portal.signIn.submit();
    await expect(security.title('Seconde preuve')).toBeVisible();
    await portal.expectAccessible();
    await security.button('Utiliser une clé d’accès').click();
    await expect(portal.dashboard.heading).toBeVisible();
    await expect(page.getByText(member.name)).toBeAttached();
    await signOut(portal);
    await portal.goto('/connexion');
    await portal.signIn.fill(member.identifier, member.password);
    await portal.signIn.submit();
    await security.code.fill(recovery[0]!);
    await security.button('Continuer').click();
    await expect(portal.dashboard.heading).toBeVisible();
});

test('a passkey confirms who is there', async ({ portal, member, page }) => {
    const { security } = portal;
    await Authenticator.of(page);
    await portal.signInAs(member);
    await add(portal, 'Ordinateur');
    await portal.goto('/connexion/confirmer?suite=%2Fsecurite');
    await expect(security.title('Confirmez que c’est vous')).toBeVisible();
    await portal.expectAccessible();
    await security.button('Confirmer avec une clé d’accès').click();
    await expect(page).toHaveURL('/securite?fait=confirmation');
    await expect(page.getByText('C’est confirmé')).toBeVisible();
});

test('whoever is not recognised by the device does not come in, and is told', async ({ portal, member, page }) => {
    const { security } = portal;
    const device = await Authenticator.of(page);
    await portal.signInAs(member);
    await device.recognises(false);
    await portal.goto('/securite/cle');
    await page.getByRole('textbox', { name: 'Nom de la clé' }).fill('Ordinateur');
    await security.button('Créer la clé d’accès').click();
    await security.problems.expectSummary(CANCELLED);
    await expect(page.getByRole('textbox', { name: 'Nom de la clé' })).toHaveValue('Ordinateur');
    await device.recognises(true);
    await security.button('Créer la clé d’accès').click();
    await expect(security.title('Codes de secours')).toBeVisible();
    await signOut(portal);
    await device.recognises(false);
    await portal.goto('/connexion');
    await security.button(SIGN_IN).click();
    await security.problems.expectSummary(CANCELLED);
    await device.recognises(true);
    await security.button(SIGN_IN).click();
    await expect(portal.dashboard.heading).toBeVisible();
});

test('a stranger who guesses passwords keeps no holder of a passkey out', async ({ portal, member, page, browser, contextOptions }) => {
    const { security } = portal;
    await Authenticator.of(page);
    await portal.signInAs(member);
    await add(portal, 'Ordinateur');
    await signOut(portal);
    const elsewhere = await browser.newContext({ ...contextOptions, extraHTTPHeaders: { 'x-forwarded-for': '198.51.100.99' } });
    const stranger = new Portal(await elsewhere.newPage(), true);
    await stranger.goto('/connexion');
    for (let n = 0; n < 6; n++) {
        await stranger.signIn.fill(member.identifier, `deviner ${n}`);
        await stranger.signIn.submit();
        await expect(stranger.signIn.problems.summary).toBeVisible();
    }
    await elsewhere.close();
    await portal.goto('/connexion');
    await portal.signIn.fill(member.identifier, member.password);
    await portal.signIn.submit();
    await expect(problem(page)).toContainText('Trop d’essais.');
    await security.button(SIGN_IN).click();
    await expect(portal.dashboard.heading).toBeVisible();
});

test('a firm that asks for a second factor is content with a passkey', async ({ portal, member, page }) => {
    const { security } = portal;
    await Authenticator.of(page);
    await portal.signInAs(member);
    await portal.goto('/cabinet');
    await security.button('Rendre obligatoire').click();
    await expect(page.getByText('Une seconde preuve est demandée à la connexion')).toBeVisible();
    await add(portal, 'Ordinateur');
    await portal.goto('/etablissements');
    await expect(portal.list.heading).toBeVisible();
});

test('a browser without passkeys offers none, and says so where one is added', async ({ portal, member, page }) => {
    const { security } = portal;
    await page.addInitScript(() => Reflect.deleteProperty(window, 'PublicKeyCredential'));
    await portal.goto('/connexion');
    await expect(security.button(SIGN_IN)).toHaveCount(0);
    await portal.signInAs(member);
    await portal.goto('/securite/cle');
    await page.getByRole('textbox', { name: 'Nom de la clé' }).fill('Ordinateur');
    await security.button('Créer la clé d’accès').click();
    await expect(problem(page)).toContainText('Ce navigateur n’utilise pas de clé d’accès');
});

test('without JavaScript everything else goes on', { tag: '@no-script-only' }, async ({ portal, member, page }) => {
    const { security } = portal;
    await portal.goto('/connexion');
    await expect(security.button(SIGN_IN)).toHaveCount(0);
    await portal.signInAs(member);
    await portal.goto('/securite/cle');
    await page.getByRole('textbox', { name: 'Nom de la clé' }).fill('Ordinateur');
    await security.button('Créer la clé d’accès').click();
    await expect(problem(page)).toContainText('JavaScript y est désactivé');
});
