// « Travailler à l'étranger »: a request from its first step to its certificate, in each zone and for work in several States.
import { randomInt } from 'node:crypto';
import type { Page } from '@playwright/test';
import * as registry from '../fixtures/registry.ts';
import { expect, test } from '../fixtures/test.ts';
import type { Portal } from '../fixtures/portal.ts';
import type { Member } from '../fixtures/firm.ts';
import { Problems } from '../pages/problems.ts';

const SERVICE = 'MOBILITE_INTERNATIONALE';
/**
 * A number of nobody's: the municipality does not exist. One test shows it on purpose, so that it is none of the secrets that are
 * searched for. Another one for each person: somebody who is sent by two firms at once is examined.
 */
const number = () => `1${digits(2)}0575999${digits(3).replace('000', '001')}`;
const digits = (count: number) => Array.from({ length: count }, () => randomInt(10)).join('');

/** A date so many days from now, as French people write it. */
const day = (ahead: number) => new Date(Date.now() + ahead * 86_400_000).toLocaleDateString('fr-FR', { timeZone: 'Europe/Paris' });

/** A client with the service, and the page of its requests. */
async function client(portal: Portal, member: Member) {
    const client = registry.employer();
    await registry.register(client);
    await portal.signInAs(member);
    await portal.enrolQuietly(client, [SERVICE]);
    await portal.goto('/etablissements');
    await portal.list.pencil(client.name).click();
    await portal.page.getByRole('link', { name: 'Demandes de ce client' }).click();
    await expect(portal.page.getByRole('heading', { level: 1, name: 'Travailler à l’étranger' })).toBeVisible();
    return client;
}

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });
const text = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });
const country = (page: Page, name: string) => page.getByRole('combobox', { name, exact: true });
const next = (page: Page) => page.getByRole('button', { name: 'Enregistrer et continuer' }).click();

async function begin(page: Page, situation: RegExp, status = 'Salarié') {
    await page.getByRole('link', { name: 'Nouvelle demande', exact: true }).click();
    await page.getByRole('radio', { name: situation }).check();
    await page.getByRole('combobox', { name: 'Statut en France' }).selectOption(status);
    await page.getByRole('button', { name: 'Commencer' }).click();
    await expect(heading(page, 'La personne')).toBeVisible();
}

async function worker(page: Page, nir = number()) {
    await text(page, 'Nom').fill('D’Ormesson');
    await text(page, 'Prénoms').fill('Zoé Anne');
    await text(page, 'Numéro de sécurité sociale').fill(nir);
    await text(page, 'Date de naissance').fill('14/05/1985');
    await text(page, 'Commune ou ville de naissance').fill('Caen');
    await text(page, 'Numéro et rue').fill('1 rue de la Paix');
    await text(page, 'Code postal').fill('14000');
    await text(page, 'Commune').fill('Caen');
    await next(page);
    await expect(heading(page, 'L’entreprise')).toBeVisible();
}

async function business(page: Page) {
    await expect(heading(page, 'L’entreprise')).toBeVisible();
    await text(page, 'Numéro et rue').fill('2 rue du Four');
    await text(page, 'Code postal').fill('75002');
    await text(page, 'Commune').fill('Paris');
    await text(page, 'Nature de l’activité').fill('Conseil en informatique');
    await next(page);
}

async function mission(page: Page, where: string, from: string, to: string) {
    await expect(heading(page, 'La mission')).toBeVisible();
    await country(page, 'Pays ou territoire').fill(where);
    await text(page, 'Premier jour').fill(from);
    await text(page, 'Dernier jour').fill(to);
    await text(page, 'Nom').fill('ACME');
    await text(page, 'Numéro d’identification').fill('HRB 1234');
    await text(page, 'Adresse électronique').fill('accueil@acme.example');
    await text(page, 'Numéro et rue').fill('1 Hauptstraße');
    await text(page, 'Ville').fill('Berlin');
    await page.getByRole('radio', { name: 'Dans le pays de la mission' }).check();
    await next(page);
}

/** Every question of the conditions: yes to those that a posting wants, no to the others. */
async function conditions(page: Page, yes = [/30\sjours/, /25\s% de son activité/]) {
    await expect(heading(page, 'Les conditions')).toBeVisible();
    for (const group of await page.getByRole('group').all()) {
        const asked = (await group.locator('legend').textContent()) ?? '';
        const answer = yes.some((wanted) => wanted.test(asked)) ? 'Oui' : 'Non';
        await group.getByRole('radio', { name: answer, exact: true }).check();
    }
    await next(page);
}

async function contact(page: Page) {
    await expect(heading(page, 'Le contact')).toBeVisible();
    await text(page, 'Nom').fill('Martin');
    await text(page, 'Prénom').fill('Claire');
    await text(page, 'Adresse électronique').fill('claire@cabinet.example');
    await text(page, 'Téléphone').fill('01 23 45 67 89');
    await next(page);
    await expect(heading(page, 'Vérifier et envoyer')).toBeVisible();
}

async function send(page: Page, button: string) {
    await page.getByRole('checkbox', { name: 'Je certifie l’exactitude' }).check();
    await page.getByRole('button', { name: button }).click();
}

test('a posting in Europe: granted at once, then ended early', { tag: ['@phone', '@no-script'] }, async ({ portal, member, page }) => {
    const { name } = await client(portal, member);
    await begin(page, /^Détachement/);
    const nir = number();
    await worker(page, nir);
    await business(page);
    await mission(page, 'Allemagne', day(10), day(190));
    await conditions(page);
    await contact(page);
    await expect(page.getByRole('complementary')).toContainText('Certificat A1');
    await expect(page.getByRole('main')).toContainText('05 •• ••• •••');
    expect(await page.content()).not.toContain(nir);
    await send(page, 'Envoyer et obtenir le certificat');
    await expect(page.getByRole('heading', { level: 2, name: 'Certificat A1' })).toBeVisible();
    await expect(page.getByRole('main')).toContainText('Accordée');
    await expect(page.getByRole('link', { name: 'Télécharger le certificat (PDF)' })).toHaveAttribute('href', /certificat\.pdf$/);
    await portal.goto('/mobilite');
    await expect(page.getByRole('row', { name: /D’Ormesson/ })).toContainText(name);
    await page.getByRole('link', { name: /D’Ormesson/ }).click();
    await page.getByText('La mission se termine plus tôt').click();
    await text(page, 'Dernier jour passé à l’étranger').fill(day(400));
    await text(page, 'Motif').first().fill('Rentrée anticipée');
    await page.getByRole('button', { name: 'Écourter la mission' }).click();
    await expect(page.getByRole('alert')).toContainText('Saisissez un jour du certificat');
    await text(page, 'Dernier jour passé à l’étranger').fill(day(60));
    await text(page, 'Motif').first().fill('Rentrée anticipée');
    await page.getByRole('button', { name: 'Écourter la mission' }).click();
    await expect(page.getByRole('region', { name: 'Historique' })).toContainText('Mission écourtée au');
    await expect(page.getByRole('main')).toContainText('Écourtée');
});

test('a bilateral agreement asks for more, and its dependants', { tag: '@no-script' }, async ({ portal, member, page }) => {
    await client(portal, member);
    await begin(page, /^Détachement/);
    await worker(page);
    await business(page);
    await mission(page, 'Maroc', day(10), day(100));
    await conditions(page, [/30\sjours/]);
    await expect(heading(page, 'Précisions de l’accord')).toBeVisible();
    await text(page, 'Profession en France').fill('Ingénieure');
    await text(page, 'Travail effectué pendant la mission').fill('Mise en service');
    await page.getByRole('combobox', { name: 'Situation de famille' }).selectOption('Marié');
    await next(page);
    await expect(heading(page, 'Les ayants droit')).toBeVisible();
    await text(page, 'Nom').fill('D’Ormesson');
    await text(page, 'Prénoms').fill('Léo');
    await text(page, 'Date de naissance').fill('01/02/2015');
    await page.getByRole('combobox', { name: 'Lien de parenté' }).selectOption('Enfant');
    await page.getByRole('button', { name: 'Ajouter', exact: true }).click();
    await expect(page.getByRole('listitem').filter({ hasText: 'Léo D’Ormesson' })).toBeVisible();
    await page.getByRole('link', { name: 'Continuer' }).click();
    await contact(page);
    await expect(page.getByRole('complementary')).toContainText('Certificat de détachement');
});

test('a country without an agreement: a maintien, and what to know', async ({ portal, member, page }) => {
    await client(portal, member);
    await begin(page, /^Détachement/);
    await worker(page);
    await business(page);
    await mission(page, 'Chine', day(10), day(100));
    await conditions(page, [/30\sjours/]);
    await contact(page);
    await expect(page.getByRole('complementary')).toContainText('Certificat de maintien à la Sécurité sociale française');
    await expect(page.getByRole('complementary')).toContainText('une assurance complémentaire est conseillée');
    await send(page, 'Envoyer et obtenir le certificat');
    await expect(page.getByRole('main')).toContainText('Accordée');
});

test('work in several States', { tag: '@no-script' }, async ({ portal, member, page }) => {
    await client(portal, member);
    await begin(page, /^Pluriactivité/);
    await worker(page);
    await business(page);
    await expect(heading(page, 'Les activités')).toBeVisible();
    await text(page, 'Part de l’activité en France').fill('60');
    await country(page, 'Premier autre pays').fill('Belgique');
    await page.locator('#share_1').fill('40');
    await page.locator('#status_1').selectOption('Salarié');
    await page.getByRole('combobox', { name: 'Mesure des parts d’activité' }).selectOption('Temps de travail');
    await text(page, 'Premier jour').fill(day(10));
    await page.getByRole('checkbox', { name: 'La date de fin n’est pas connue' }).check();
    await page.getByRole('radio', { name: /^Un seul employeur/ }).check();
    await country(page, 'Pays du siège de l’employeur').fill('France');
    await page.getByRole('group', { name: /allocation de chômage/ }).getByRole('radio', { name: 'Non' }).check();
    await next(page);
    await contact(page);
    await expect(page.getByRole('complementary')).toContainText('Certificat A1');
    await send(page, 'Envoyer et obtenir le certificat');
    await expect(page.getByRole('main')).toContainText('Accordée');
});

test('what cannot be is told at its field, and the summary follows what is typed', async ({ portal, member, page }) => {
    await client(portal, member);
    await begin(page, /^Détachement/);
    const problems = new Problems(page);
    await next(page);
    await expect(problems.summary).toContainText('Saisissez le nom.');
    await problems.summary.getByRole('link', { name: 'Saisissez le nom.' }).click();
    await expect(text(page, 'Nom')).toBeFocused();
    await worker(page);
    await business(page);
    await country(page, 'Pays ou territoire').pressSequentially('alle');
    await expect(page.getByRole('listbox', { name: 'Pays ou territoire' }).getByRole('option')).toHaveText(['Allemagne']);
    await page.keyboard.press('Enter');
    await expect(country(page, 'Pays ou territoire')).toHaveValue('Allemagne');
    await expect(page.getByRole('complementary')).toContainText('Certificat A1');
    for (const [where, said] of [
        ['France', 'La France n’est pas une destination'],
        ['Martinique', 'Ce territoire relève de la Sécurité sociale française'],
        ['Atlantide', 'Ce nom n’est pas celui d’un pays de la liste'],
    ] as const) {
        await country(page, 'Pays ou territoire').fill(where);
        await next(page);
        await expect(problems.summary).toContainText(said);
    }
    await country(page, 'Pays ou territoire').fill('Allemagne');
    await text(page, 'Premier jour').fill('31/02/2027');
    await text(page, 'Dernier jour').fill('30/04/2027');
    await next(page);
    await problems.expectField('Premier jour', 'Cette date n’existe pas ou n’est pas possible. Vérifiez le jour, le mois et l’année.');
    await text(page, 'Premier jour').fill('01/05/2027');
    await next(page);
    await expect(problems.summary).toContainText('dernier jour');
});

test('a person is known again, somewhere else at the time, and the number is shown on purpose', async ({ portal, member, page }) => {
    await client(portal, member);
    await begin(page, /^Détachement/);
    const nir = number();
    await worker(page, nir);
    await business(page);
    await mission(page, 'Allemagne', day(10), day(190));
    await conditions(page);
    await contact(page);
    await send(page, 'Envoyer et obtenir le certificat');
    await page.getByRole('link', { name: 'Zoé Anne D’Ormesson' }).click();
    await page.getByRole('button', { name: 'Afficher le numéro' }).click();
    await expect(page.getByRole('main')).toContainText(new RegExp(`${nir.slice(7, 10)}\\s${nir.slice(10)}\\s`));
    await page.getByRole('link', { name: 'Nouvelle demande' }).click();
    await page.getByRole('radio', { name: /^Détachement/ }).check();
    await page.getByRole('combobox', { name: 'Statut en France' }).selectOption('Salarié');
    await page.getByRole('button', { name: 'Commencer' }).click();
    await expect(text(page, 'Nom')).toHaveValue('D’Ormesson');
    await next(page);
    await business(page);
    await mission(page, 'Espagne', day(100), day(120));
    await expect(page.getByRole('alert')).toContainText('Une autre demande de cette personne (Allemagne) couvre ces jours');
});

test('no page has a fault that axe finds', { tag: '@phone' }, async ({ portal, member, page }) => {
    await client(portal, member);
    await portal.expectAccessible();
    await page.getByRole('link', { name: 'Nouvelle demande', exact: true }).click();
    await expect(heading(page, 'Nouvelle demande')).toBeVisible();
    await portal.expectAccessible();
    await page.goBack();
    await begin(page, /^Détachement/);
    await portal.expectAccessible();
    await worker(page);
    await business(page);
    await expect(heading(page, 'La mission')).toBeVisible();
    await portal.expectAccessible();
    await mission(page, 'Allemagne', day(-10), day(50));
    await expect(heading(page, 'Les conditions')).toBeVisible();
    await portal.expectAccessible();
    await conditions(page);
    await contact(page);
    await portal.expectAccessible();
    await send(page, 'Envoyer et obtenir le certificat');
    await expect(page.getByRole('heading', { level: 2, name: 'Certificat A1' })).toBeVisible();
    await portal.expectAccessible();
    await portal.goto('/mobilite');
    await portal.expectAccessible();
});
