// « Ajouter plusieurs comptes »: a file tried line by line, then added; with and without JavaScript.
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import * as registry from '../fixtures/registry.ts';
import { expect, test } from '../fixtures/test.ts';
import { ImportPage } from '../pages/import.ts';

const everywhere = { tag: ['@phone', '@no-script'] };
const HEADS = 'Siren;N° de compte;Montant;N° sécurité sociale;Services';

/** Every kind of client, and its line. */
async function clients() {
    const employer = registry.employer();
    const person = registry.selfEmployed();
    const manager = registry.manager();
    await registry.register(employer, person, manager);
    const lines = [
        `${employer.siren};${employer.account};${employer.amount};;`,
        `${person.siren};${person.account};;${person.nir};aucun`,
        `${manager.account};;;${manager.nir};`,
    ];
    return { employer, person, manager, lines };
}

async function open(page: Page, portal: { goto(path: string): Promise<unknown> }) {
    await portal.goto('/etablissements/importer');
    return new ImportPage(page);
}

test('every kind of client: tried, then added', everywhere, async ({ portal, member, page }) => {
    const { employer, person, manager, lines } = await clients();
    await portal.signInAs(member);
    await page.getByRole('link', { name: 'Ajouter plusieurs comptes' }).click();
    const file = new ImportPage(page);
    await expect(file.heading).toBeVisible();
    await portal.awake();
    await portal.expectAccessible();
    await portal.expectFits();

    const traps = ['73282932;117000001567462542;12;;', '732829320;1,17E+17;12;;', `${employer.siren};${employer.account};1;;`];
    await file.send([HEADS, ...lines, ...traps]);
    await expect(page.getByRole('heading', { name: 'Que contient chaque colonne' })).toBeVisible();
    await expect(page.getByLabel('N° de compte')).toHaveValue('compte');
    await expect(page.getByText(employer.account)).toBeHidden();
    await portal.awake();
    await portal.expectAccessible();
    await portal.expectFits();

    await file.check();
    await expect(file.line(2)).toContainText(employer.name);
    await expect(file.line(3)).toContainText(person.name);
    await expect(file.line(4)).toContainText(manager.name);
    await expect(file.line(5)).toContainText('Il manque des chiffres');
    await expect(file.line(6)).toContainText('1,23E+13');
    await expect(file.line(7)).toContainText('Ce client figure déjà à la ligne 2.');
    await expect(file.figures()).toContainText('3 À ajouter');
    await portal.expectAccessible();
    await portal.expectFits();

    await page.getByText('Choisir les services à ouvrir').click();
    await page.getByLabel('Déclarer une embauche (DPAE)').check();
    await page.getByRole('button', { name: 'Ajouter les 3 valides' }).click();
    await expect(page.getByText('3 clients ajoutés')).toBeVisible();
    await portal.expectAccessible();
    await portal.expectFits();
    await page.getByRole('link', { name: 'Voir la liste' }).click();
    for (const client of [employer, person, manager]) await expect(portal.list.row(client.name)).toBeVisible();
});

test('the same file twice changes nothing', { tag: '@no-script' }, async ({ portal, member, page }) => {
    const { lines } = await clients();
    await portal.signInAs(member);
    for (const time of ['first', 'second']) {
        const file = await open(page, portal);
        await file.send([HEADS, ...lines]);
        await file.check();
        if (time === 'first') {
            await page.getByRole('button', { name: 'Ajouter 3 clients' }).click();
            await expect(page.getByText('3 clients ajoutés')).toBeVisible();
        } else {
            await expect(page.getByText('Tous ces clients sont déjà dans votre portefeuille')).toBeVisible();
        }
    }
});

test('the template, filled in, imports as it is', async ({ portal, member, page }) => {
    const { employer, lines } = await clients();
    await portal.signInAs(member);
    const file = await open(page, portal);
    const downloading = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Modèle CSV' }).click();
    const template = await readFile(await (await downloading).path(), 'utf8');
    // The template has the scheme before the services.
    const filled = `${template}${lines[0]!.replace(/;$/, ';;')}\r\n`;
    await file.sendBytes(Buffer.from(filled, 'utf8'), 'modele-clients.csv');
    await file.check();
    await expect(file.line(2)).toContainText(employer.name);
    const workbook = page.waitForEvent('download');
    await file.page.goto('/etablissements/importer');
    await page.getByRole('link', { name: 'Télécharger le modèle Excel' }).click();
    expect((await workbook).suggestedFilename()).toBe('modele-clients.xlsx');
});

test('columns of another name are told by hand, and refused lines come back', async ({ portal, member, page }) => {
    const { employer } = await clients();
    await portal.signInAs(member);
    const file = await open(page, portal);
    await file.send(['Dossier,Réf A,Réf B', `${employer.siren},${employer.account},1`, '732829320,117000001567462542,1E+03']);
    await portal.awake();
    await file.check();
    await expect(page.getByRole('alert')).toContainText('Dites quelle colonne contient');
    await page.getByLabel('Dossier').selectOption('Siren ou Siret');
    await page.getByLabel('Réf A').selectOption('Numéro de compte');
    await page.getByLabel('Réf B').selectOption('Montant de la dernière déclaration');
    await file.check();
    await expect(file.line(3)).toContainText('1,23E+13');
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Télécharger les lignes refusées' }).click();
    const text = await readFile(await (await downloading).path(), 'utf8');
    expect(text).toContain('Dossier;Réf A;Réf B;Motif du refus');
    expect(text).toContain('732829320;117000001567462542;1E+03;');
});

test('cancelled: nothing is added', everywhere, async ({ portal, member, page }) => {
    const { lines } = await clients();
    await portal.signInAs(member);
    const file = await open(page, portal);
    await file.send([HEADS, ...lines]);
    await file.check();
    await expect(page.getByRole('button', { name: 'Ajouter 3 clients' })).toBeVisible();
    await file.cancel();
    await expect(page.getByText('Rien n’a été ajouté')).toBeVisible();
    await portal.goto('/etablissements');
    await expect(page.getByText('Aucun client pour le moment')).toBeVisible();
});

test('a file that cannot be read is refused in words', everywhere, async ({ portal, member, page }) => {
    await portal.signInAs(member);
    const file = await open(page, portal);
    await file.sendBytes(Buffer.from('%PDF-1.7\n\0'), 'facture.pdf');
    await expect(page.getByRole('alert')).toContainText('Ce fichier n’est ni un CSV ni un classeur Excel');
    await portal.awake();
    await portal.expectAccessible();
});
