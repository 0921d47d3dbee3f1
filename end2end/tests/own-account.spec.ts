// A client's own account: invited by a message, in by its link, and the mandate taken back while the firm looks at it.
import { arrive, invite, INVITATION, newAddress, openOnline } from '../fixtures/holder.ts';
import { linkOf, mail } from '../fixtures/mail.ts';
import * as registry from '../fixtures/registry.ts';
import { expect, test } from '../fixtures/test.ts';

const everywhere = { tag: ['@phone', '@no-script'] };
const DPAE = 'Déclarer une embauche (DPAE)';
const VIGILANCE = 'Télécharger une attestation de vigilance';

test('invited, in, a service and the mandate taken back: seen at once by the firm', everywhere, async ({ portal, member, firm, page, elsewhere, javaScriptEnabled }) => {
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
    await invite(portal, 'pas-une-adresse');
    await expect(page.getByRole('alert')).toContainText('Saisissez une adresse électronique.');
    await invite(portal, email);
    await expect(page.getByText('L’invitation est en route.')).toBeVisible();
    await expect(page.getByRole('main')).toContainText('En attente');
    await portal.expectAccessible();

    const invitation = await mail(email, INVITATION);
    const client = await elsewhere();
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
});

test('refused by its page; afterwards the link says so and nothing else', everywhere, async ({ portal, member, page }) => {
    const known = registry.selfEmployed();
    const email = newAddress();
    await registry.register(known);
    await portal.signInAs(member);
    await portal.enrolQuietly(known);
    await openOnline(portal, known);
    await invite(portal, email);
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
