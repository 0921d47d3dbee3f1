// « Cabinet » : its people, the links that they are sent, and its journal.
import { readFile } from 'node:fs/promises';
import { fresh } from '../fixtures/identifiers.ts';
import { linkOf, mail } from '../fixtures/mail.ts';
import { Portal } from '../fixtures/portal.ts';
import * as registry from '../fixtures/registry.ts';
import { expect, test } from '../fixtures/test.ts';

const everywhere = { tag: ['@phone', '@no-script'] };
const PASSWORD = 'tuile vent 47 lampe';
const newAddress = () => `${fresh('zoe').replace(' ', '.')}@cabinet.example`;

/** Invites somebody from « Cabinet » on. */
async function invite(portal: Portal, email: string, role: string) {
    const { page } = portal;
    await portal.goto('/cabinet');
    await page.getByRole('link', { name: '+ Inviter une personne' }).click();
    await page.getByRole('textbox', { name: 'Prénom et nom' }).fill('Zoé Œuf');
    await page.getByRole('textbox', { name: 'Adresse électronique' }).fill(email);
    await page.getByRole('radio', { name: role }).check();
    await page.getByRole('button', { name: 'Envoyer l’invitation' }).click();
    await expect(page.getByRole('status').filter({ hasText: 'L’invitation est envoyée.' })).toBeVisible();
}

/** Chooses a password on the page of a link. */
async function choose(portal: Portal, password: string) {
    await portal.page.getByLabel('Nouveau mot de passe', { exact: true }).fill(password);
    await portal.page.getByRole('button', { name: 'Enregistrer le mot de passe' }).click();
}

const row = (portal: Portal, name: string) => portal.page.getByRole('row').filter({ hasText: name });

test('invited by a message, in by its link, then suspended and restored', everywhere, async ({ portal, member, browser, contextOptions, javaScriptEnabled }) => {
    const email = newAddress();
    await portal.signInAs(member);
    await portal.page.getByRole('link', { name: 'Cabinet' }).click();
    await expect(portal.page.getByRole('heading', { level: 1, name: 'Cabinet' })).toBeVisible();
    await invite(portal, email, 'Collaborateur');
    await expect(row(portal, email)).toContainText('Invité');

    const invitation = await mail(email, 'Votre accès au portail Portefeuille');
    expect(invitation.html).toContain(linkOf(invitation));
    const context = await browser.newContext(contextOptions);
    const zoe = new Portal(await context.newPage(), javaScriptEnabled ?? true);
    await zoe.goto(linkOf(invitation));
    await expect(zoe.page.getByRole('heading', { level: 1, name: 'Bienvenue' })).toBeVisible();
    await expect(zoe.page.getByRole('textbox', { name: 'Identifiant' })).toHaveValue(email);
    await zoe.expectAccessible();
    await choose(zoe, 'motdepasse2026');
    await zoe.signIn.problems.expectSummary(/facile à deviner/);
    await choose(zoe, PASSWORD);
    await expect(zoe.page.getByText('Votre mot de passe est enregistré.')).toBeVisible();
    await zoe.signIn.fill(email, PASSWORD);
    await zoe.signIn.submit();
    await expect(zoe.dashboard.heading).toBeVisible();
    await expect(zoe.page.getByRole('link', { name: 'Cabinet', exact: true })).toBeHidden();

    await portal.goto('/cabinet');
    await row(portal, email).getByRole('link').click();
    await expect(portal.page.getByRole('heading', { level: 1, name: 'Zoé Œuf' })).toBeVisible();
    await portal.expectAccessible();
    await portal.page.getByRole('button', { name: 'Suspendre l’accès' }).click();
    await expect(row(portal, email)).toContainText('Suspendu');
    await zoe.goto('/etablissements');
    await expect(zoe.signIn.heading).toBeVisible();
    await row(portal, email).getByRole('link').click();
    await portal.page.getByRole('button', { name: 'Rétablir l’accès' }).click();
    await expect(row(portal, email)).toContainText('Actif');
    await row(portal, email).getByRole('link').click();
    await portal.page.getByText('Retirer du cabinet').first().click();
    await portal.page.getByRole('button', { name: 'Retirer du cabinet' }).click();
    await expect(portal.page.getByText('La personne est retirée du cabinet.')).toBeVisible();
    await expect(row(portal, email)).toBeHidden();
    expect(zoe.complaints).toEqual([]);
    await context.close();
});

test('a link serves once; afterwards it says so and nothing else', everywhere, async ({ portal, member, page }) => {
    const email = newAddress();
    await portal.signInAs(member);
    await invite(portal, email, 'Lecteur');
    const link = linkOf(await mail(email, 'Votre accès au portail Portefeuille'));
    await page.getByRole('button', { name: 'Se déconnecter' }).click();
    await portal.goto(link);
    await choose(portal, PASSWORD);
    await expect(portal.signIn.heading).toBeVisible();
    portal.expectsTrouble = true;
    await portal.goto(link);
    await expect(page.getByRole('heading', { level: 1, name: 'Ce lien n’est plus valable' })).toBeVisible();
    await expect(page.getByRole('main')).not.toContainText('Zoé');
    await portal.expectAccessible();
});

test('a forgotten password: the same words for everybody, a link for one', everywhere, async ({ portal, member, page }) => {
    await portal.goto('/connexion');
    for (const identifier of ['personne@cabinet.example', member.identifier]) {
        await portal.goto('/connexion');
        await page.getByRole('link', { name: 'Mot de passe oublié' }).click();
        await page.getByRole('textbox', { name: 'Identifiant ou adresse électronique' }).fill(identifier);
        await page.getByRole('button', { name: 'Recevoir un lien' }).click();
        await expect(page.getByRole('heading', { level: 1, name: 'Consultez vos courriels' })).toBeVisible();
    }
    await portal.expectAccessible();
    await portal.goto(linkOf(await mail(member.identifier, 'Choisir un nouveau mot de passe')));
    await expect(page.getByRole('heading', { level: 1, name: 'Nouveau mot de passe' })).toBeVisible();
    await choose(portal, PASSWORD);
    await expect(page.getByText('Votre nouveau mot de passe est enregistré')).toBeVisible();
    await portal.signIn.fill(member.identifier, PASSWORD);
    await portal.signIn.submit();
    await expect(portal.dashboard.heading).toBeVisible();
    await mail(member.identifier, 'Votre mot de passe a été changé');
});

test('how strong a password looks is told while it is typed, and it can be shown', async ({ portal, member, page }) => {
    await portal.goto('/mot-de-passe-oublie');
    await page.getByRole('textbox', { name: 'Identifiant ou adresse électronique' }).fill(member.identifier);
    await page.getByRole('button', { name: 'Recevoir un lien' }).click();
    await portal.goto(linkOf(await mail(member.identifier, 'Choisir un nouveau mot de passe')));
    const field = page.getByLabel('Nouveau mot de passe', { exact: true });
    for (const [typed, told] of [['court', 'trop court'], ['123456789012', 'facile à deviner'], ['cheval agrafe pile juste', 'solide']] as const) {
        await field.fill(typed);
        await expect(page.getByRole('status')).toHaveText(new RegExp(`Solidité\\s: ${told}`));
    }
    await page.getByRole('button', { name: 'Afficher le nouveau mot de passe' }).click();
    await expect(field).toHaveAttribute('type', 'text');
    await portal.expectAccessible();
});

test('readers are told that the page is not for them', everywhere, async ({ portal, firm, page }) => {
    await portal.signInAs(await firm.member('Luc Lecteur', 'reader'));
    await expect(page.getByRole('link', { name: 'Cabinet', exact: true })).toBeHidden();
    portal.expectsTrouble = true;
    for (const path of ['/cabinet', '/cabinet/inviter', '/cabinet/journal']) {
        const answer = await portal.goto(path);
        expect(answer?.status()).toBe(403);
        await expect(page.getByRole('heading', { level: 1, name: 'Accès réservé' })).toBeVisible();
    }
    await portal.expectAccessible();
});

test('the last administrator stays one, and is told why', everywhere, async ({ portal, member, page }) => {
    await portal.signInAs(member);
    await portal.goto('/cabinet');
    await portal.expectAccessible();
    await portal.expectFits();
    await row(portal, member.name).getByRole('link').click();
    await expect(page.getByText('Seul administrateur actif du cabinet')).toBeVisible();
    await page.getByRole('radio', { name: 'Lecteur' }).check();
    await page.getByRole('button', { name: 'Enregistrer le rôle' }).click();
    await portal.signIn.problems.expectSummary('Le cabinet n’aurait plus d’administrateur. Donnez d’abord ce rôle à quelqu’un d’autre.');
    await portal.expectAccessible();
    await portal.expectFits();
});

test('an invitation with faults keeps what was typed', everywhere, async ({ portal, member, page }) => {
    await portal.signInAs(member);
    await portal.goto('/cabinet/inviter');
    await portal.expectAccessible();
    await page.getByRole('textbox', { name: 'Adresse électronique' }).fill('zoe');
    await page.getByRole('button', { name: 'Envoyer l’invitation' }).click();
    await portal.signIn.problems.expectSummary(
        'Saisissez le prénom et le nom.',
        /^Saisissez une adresse électronique\./,
    );
    await expect(page.getByRole('textbox', { name: 'Adresse électronique' })).toHaveValue('zoe');
    await portal.expectAccessible();
    await portal.expectFits();
});

test('the journal: filtered, led from to the client, exported', everywhere, async ({ portal, member, page }) => {
    const client = registry.employer();
    await registry.register(client);
    await portal.signInAs(member);
    await portal.enrolQuietly(client, ['DPAE']);
    await portal.goto('/cabinet/journal');
    await expect(row(portal, client.name)).toContainText('Inscription, avec 1 service');
    await portal.expectAccessible();
    await portal.expectFits();
    await page.getByRole('combobox', { name: 'Sujet' }).selectOption({ label: 'Connexions' });
    await page.getByRole('button', { name: 'Filtrer' }).click();
    await expect(page).toHaveURL(/sujet=acces/);
    await expect(row(portal, client.name)).toBeHidden();
    await expect(row(portal, 'Connexion (mot de passe)')).toBeVisible();
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Exporter (CSV)' }).click();
    const file = await readFile(await (await downloading).path(), 'utf8');
    expect(file.startsWith('\ufeffNuméro;Date;Qui;Quoi;')).toBe(true);
    expect(file).toContain(`;${member.name};Connexion (mot de passe);`);
    await page.getByRole('link', { name: 'Tout afficher' }).click();
    await expect(row(portal, 'Journal exporté')).toBeVisible();
    await row(portal, client.name).getByRole('link').click();
    await expect(portal.client.heading(client.name)).toBeVisible();
    await portal.goto('/cabinet/journal?au=2020-01-01');
    await expect(page.getByRole('heading', { name: 'Aucune ligne ne correspond' })).toBeVisible();
    await portal.expectAccessible();
});

test.describe('dark', () => {
    test.use({ colorScheme: 'dark' });

    test('no page of the firm has a fault that axe finds', { tag: '@phone' }, async ({ portal, member, page }) => {
        await portal.signInAs(member);
        await invite(portal, newAddress(), 'Lecteur');
        await portal.expectAccessible();
        await row(portal, 'Zoé Œuf').getByRole('link').click();
        await expect(page.getByRole('button', { name: 'Renvoyer l’invitation' })).toBeVisible();
        await page.getByText('Annuler l’invitation').first().click();
        await portal.expectAccessible();
        for (const path of ['/cabinet/inviter', '/cabinet/journal', '/mot-de-passe-oublie', '/mot-de-passe-oublie?fait=envoi']) {
            await portal.goto(path);
            await portal.expectAccessible();
            await portal.expectFits();
        }
    });
});
