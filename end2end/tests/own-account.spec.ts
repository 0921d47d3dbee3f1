// A client's own account: invited by a message, in by its link, and the mandate taken back while the firm looks at it.
import { fresh } from '../fixtures/identifiers.ts';
import { linkOf, mail } from '../fixtures/mail.ts';
import { Portal } from '../fixtures/portal.ts';
import * as registry from '../fixtures/registry.ts';
import { expect, test } from '../fixtures/test.ts';

const everywhere = { tag: ['@phone', '@no-script'] };
const PASSWORD = 'tuile vent 47 lampe';
const DPAE = 'Déclarer une embauche (DPAE)';
const VIGILANCE = 'Télécharger une attestation de vigilance';
const INVITATION = 'Votre expert-comptable vous invite à créer votre compte en ligne';
const newAddress = () => `${fresh('toni').replace(' ', '.')}@client.example`;

/** Chooses name and password on the page of a link, and signs in. */
async function arrive(client: Portal, link: string, email: string) {
    await client.goto(link);
    await expect(client.page.getByRole('heading', { level: 1, name: 'Créer mon compte' })).toBeVisible();
    await client.page.getByRole('textbox', { name: 'Prénom et nom' }).fill('Toni Titulaire');
    await client.page.getByLabel('Mot de passe', { exact: true }).fill(PASSWORD);
    await client.page.getByRole('button', { name: 'Créer mon compte' }).click();
    await expect(client.page.getByText('Votre compte est créé.')).toBeVisible();
    await client.signIn.fill(email, PASSWORD);
    await client.signIn.submit();
    await expect(client.page.getByRole('heading', { level: 1, name: 'Mon compte' })).toBeVisible();
}

test('invited, in, a service and the mandate taken back: seen at once by the firm', everywhere, async ({ portal, member, firm, page, browser, contextOptions, javaScriptEnabled }) => {
    const known = registry.employer();
    const email = newAddress();
    await registry.register(known);
    await portal.signInAs(member);
    await portal.enrolQuietly(known, ['DPAE', 'ATT_VIGILANCE']);
    await portal.goto('/etablissements');
    await portal.list.pencil(known.name).click();
    await expect(portal.client.heading(known.name)).toBeVisible();
    const open = new URL(page.url()).pathname;
    await page.getByRole('link', { name: 'Compte en ligne et invitation' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Compte en ligne du client' })).toBeVisible();
    await page.getByRole('textbox', { name: 'Adresse électronique du client' }).fill('pas-une-adresse');
    await page.getByRole('button', { name: 'Envoyer l’invitation' }).click();
    await expect(page.getByRole('alert')).toContainText('Saisissez une adresse électronique.');
    await page.getByRole('textbox', { name: 'Adresse électronique du client' }).fill(email);
    await page.getByRole('button', { name: 'Envoyer l’invitation' }).click();
    await expect(page.getByText('L’invitation est en route.')).toBeVisible();
    await expect(page.getByRole('main')).toContainText('En attente');
    await portal.expectAccessible();

    const invitation = await mail(email, INVITATION);
    const context = await browser.newContext(contextOptions);
    const client = new Portal(await context.newPage(), javaScriptEnabled ?? true);
    await client.goto(linkOf(invitation));
    await client.expectAccessible();
    await arrive(client, linkOf(invitation), email);
    await expect(client.page.getByRole('heading', { level: 3, name: firm.name })).toBeVisible();
    await expect(client.page.getByRole('main')).toContainText(VIGILANCE);
    await client.expectAccessible();

    // The firm's page is open, and older than what the client does.
    await portal.goto(open);
    await expect(portal.services.ticked()).toHaveCount(2);
    await client.page.getByRole('button', { name: `Retirer ${DPAE}` }).click();
    await expect(client.page.getByText('Le service est retiré dès maintenant')).toBeVisible();
    await portal.services.service(VIGILANCE).uncheck();
    await portal.services.save();
    await expect(portal.services.problems.summary).toContainText('Le titulaire du compte a modifié ce client');

    await client.page.getByRole('link', { name: 'Retirer tout le mandat' }).click();
    await expect(client.page.getByRole('heading', { level: 1, name: 'Retirer tout le mandat' })).toBeVisible();
    await client.expectAccessible();
    await client.page.getByRole('button', { name: 'Retirer le mandat' }).click();
    await expect(client.page.getByText('Personne ne gère ce compte pour vous.')).toBeVisible();
    await portal.services.save();
    // Drawn anew, the page has no form any more: it says so by itself.
    const told = javaScriptEnabled === false ? page.getByRole('main') : portal.services.problems.summary;
    await expect(told).toContainText(/Le titulaire du compte a résilié cette inscription|Mandat retiré par le titulaire du compte/);
    await portal.goto(open);
    await expect(page.getByRole('main')).toContainText('Mandat retiré par le titulaire du compte');
    await portal.goto('/etablissements/invitations');
    await expect(page.getByRole('main')).toContainText('a retiré son mandat');
    await portal.expectAccessible();
    await mail(member.identifier, 'Un client a retiré son mandat');
    expect(client.complaints).toEqual([]);
    await context.close();
});

test('refused by its page; afterwards the link says so and nothing else', everywhere, async ({ portal, member, page }) => {
    const known = registry.selfEmployed();
    const email = newAddress();
    await registry.register(known);
    await portal.signInAs(member);
    await portal.enrolQuietly(known);
    await portal.goto('/etablissements');
    await portal.list.pencil(known.name).click();
    await page.getByRole('link', { name: 'Compte en ligne et invitation' }).click();
    await page.getByRole('textbox', { name: 'Adresse électronique du client' }).fill(email);
    await page.getByRole('button', { name: 'Envoyer l’invitation' }).click();
    await expect(page.getByText('L’invitation est en route.')).toBeVisible();
    const link = linkOf(await mail(email, INVITATION));
    await page.getByRole('button', { name: 'Se déconnecter' }).click();
    await portal.goto(link);
    await page.getByRole('button', { name: 'Refuser l’invitation' }).click();
    await expect(page.getByText('L’invitation est refusée')).toBeVisible();
    portal.expectsTrouble = true;
    await portal.goto(link);
    await expect(page.getByRole('heading', { level: 1, name: 'Ce lien n’est plus valable' })).toBeVisible();
    await expect(page.getByRole('main')).not.toContainText(known.name);
    await portal.expectAccessible();
});

test('alone with a proof, then another address', everywhere, async ({ portal, page }) => {
    const known = registry.employer();
    const [email, next] = [newAddress(), newAddress()];
    await registry.register(known);
    await portal.goto('/');
    await page.getByRole('link', { name: 'Créer mon compte' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Créer mon compte' })).toBeVisible();
    const fill = async (amount: string) => {
        await page.getByRole('textbox', { name: 'Siren, Siret ou numéro de compte' }).fill(known.siren);
        await page.getByRole('radio', { name: 'Employeur' }).check();
        await page.getByRole('textbox', { name: 'Montant à payer déclaré' }).fill(amount);
        await page.getByRole('textbox', { name: 'Numéro de compte employeur' }).fill(known.account);
        await page.getByRole('textbox', { name: 'Votre adresse électronique' }).fill(email);
        await page.getByRole('button', { name: 'Recevoir un lien' }).click();
    };
    await fill('1,00');
    await expect(page.getByRole('alert')).toContainText('ne permettent pas de créer un compte');
    await portal.expectAccessible();
    await fill(known.amount);
    await expect(page.getByRole('heading', { level: 1, name: 'Consultez vos courriels' })).toBeVisible();
    await arrive(portal, linkOf(await mail(email, 'Créer votre compte en ligne')), email);
    await page.getByRole('link', { name: 'Changer d’adresse électronique' }).click();
    await page.getByRole('textbox', { name: 'Nouvelle adresse électronique' }).fill(next);
    await page.getByRole('button', { name: 'Recevoir un lien' }).click();
    await expect(page.getByText('Un lien est en route vers la nouvelle adresse')).toBeVisible();
    await portal.expectAccessible();
    await mail(email, 'Un changement d’adresse a été demandé');
    await portal.goto(linkOf(await mail(next, 'Confirmer votre nouvelle adresse')));
    await expect(page.getByText(next)).toBeVisible();
    await page.getByRole('button', { name: 'Confirmer cette adresse' }).click();
    await mail(email, 'Votre adresse électronique a été changée');
    await portal.goto('/mon-compte');
    await expect(page.getByRole('main')).toContainText(next);
});
