// « Gérer les établissements »: found, sorted, paged, all of it in the address; and addresses that lead nowhere.
import { randomUUID } from 'node:crypto';
import { Firm } from '../fixtures/firm.ts';
import { Portal } from '../fixtures/portal.ts';
import * as registry from '../fixtures/registry.ts';
import { expect, test } from '../fixtures/test.ts';

async function portfolio(portal: Portal, ...clients: registry.Client[]) {
    await registry.register(...clients);
    for (const client of clients) await portal.enrolQuietly(client);
}

test('an empty portfolio says what to do', { tag: ['@phone', '@no-script'] }, async ({ portal, member, page }) => {
    await portal.signInAs(member);
    await expect(page.getByRole('heading', { name: 'Aucun client pour le moment' })).toBeVisible();
    await portal.list.add();
    await expect(portal.add.heading).toBeVisible();
});

test('a client is found by name, without its accents, and by every number', { tag: '@no-script' }, async ({ portal, member, page }) => {
    await portal.signInAs(member);
    const bakery = registry.employer({ name: 'L’Œuf d’Émile', establishments: 2 });
    const person = registry.manager({ name: 'Zoé Lefèvre' });
    await portfolio(portal, bakery, person);
    for (const [text, client] of [
        ['oeuf emile', bakery],
        ['ŒUF', bakery],
        [bakery.siren, bakery],
        [bakery.siren.replace(/(...)(...)/, '$1 $2 '), bakery],
        [bakery.rows[1]!.siret!, bakery],
        [bakery.account, bakery],
        ['lefevre zoe', person],
        [person.account, person],
    ] as const) {
        await test.step(text, async () => {
            await portal.goto('/etablissements');
            await portal.list.find(text);
            await expect(portal.list.rows).toHaveCount(1);
            await expect(portal.list.row(client.name)).toBeVisible();
            await expect(page).toHaveURL(/[?&]q=/);
            await expect(portal.list.search).toHaveValue(text);
        });
    }
    await portal.list.find('%');
    await expect(portal.list.rows).toHaveCount(0);
});

test('the network fails: the list is asked for again on the page', async ({ portal, member, page, context }) => {
    portal.expectsTrouble = true;
    await portal.signInAs(member);
    const bakery = registry.employer({ name: 'L’Œuf d’Émile' });
    await portfolio(portal, bakery);
    await portal.goto('/etablissements');
    await context.setOffline(true);
    await portal.list.find(bakery.siren);
    await expect(page.getByRole('alert')).toContainText('Le portail ne répond pas.');
    await context.setOffline(false);
    await page.getByRole('button', { name: 'Réessayer' }).click();
    await expect(portal.list.row(bakery.name)).toBeVisible();
});

test('sorted by a column, both ways, and kept by reload and back', async ({ portal, member, page }) => {
    await portal.signInAs(member);
    await portfolio(
        portal,
        registry.employer({ name: 'Éclair' }),
        registry.selfEmployed({ name: 'Zèbre' }),
        registry.employer({ name: 'Abeille', state: 'radié' }),
    );
    await portal.goto('/etablissements');
    const names = () => portal.list.names();
    await expect.poll(names).toEqual(['Abeille', 'Éclair', 'Zèbre']);
    await portal.list.sortBy('Client');
    await expect.poll(names).toEqual(['Zèbre', 'Éclair', 'Abeille']);
    await expect(page.getByRole('columnheader', { name: 'Client', exact: true })).toHaveAttribute('aria-sort', 'descending');
    await portal.reload();
    await expect.poll(names).toEqual(['Zèbre', 'Éclair', 'Abeille']);
    await portal.list.sortBy('Régime');
    await expect(page).toHaveURL(/tri=regime/);
    await page.goBack();
    await expect.poll(names).toEqual(['Zèbre', 'Éclair', 'Abeille']);
});

test('a row opens to its establishments, and closes again', { tag: ['@phone', '@no-script'] }, async ({ portal, member, page }) => {
    const client = registry.employer({ establishments: 3 });
    await portal.signInAs(member);
    await portfolio(portal, client);
    await portal.goto('/etablissements');
    const name = page.getByRole('link', { name: client.name, exact: true });
    await name.click();
    await expect(name).toHaveAttribute('aria-expanded', 'true');
    await expect(page).toHaveURL(/ouvrir=/);
    const accounts = page.getByRole('table', { name: /^3\scomptes/ });
    for (const { siret } of client.rows) {
        await expect(accounts).toContainText(siret!.replace(/(...)(...)(...)(.....)/, '$1 $2 $3 $4'));
    }
    await name.click();
    await expect(name).toHaveAttribute('aria-expanded', 'false');
    await expect(accounts).toHaveCount(0);
});

test('the number of clients a page is kept for the next visit', async ({ portal, member, page }) => {
    await portal.signInAs(member);
    await portfolio(portal, registry.employer());
    await portal.goto('/etablissements');
    await page.getByRole('combobox', { name: 'Par page' }).selectOption('50');
    await expect(page).toHaveURL(/taille=50/);
    await portal.goto('/etablissements');
    await expect(page).toHaveURL(/taille=50/);
});

test('a portfolio of several pages', { tag: '@no-script' }, async ({ portal, member, page }) => {
    test.slow();
    await portal.signInAs(member);
    const clients = Array.from({ length: 45 }, (_, place) => registry.employer({ name: `Client ${String(place + 1).padStart(2, '0')}` }));
    await portfolio(portal, ...clients);
    await portal.goto('/etablissements');
    await expect(page.getByText('Affichage de 1 à 20 sur 45 clients')).toBeVisible();
    await portal.list.lastPage();
    await expect(page.getByText('Affichage de 41 à 45 sur 45 clients')).toBeVisible();
    await expect(portal.list.rows).toHaveCount(5);
    await expect(page).toHaveURL(/fin=1/);
    await page.getByRole('link', { name: 'Précédente' }).click();
    await expect(page.getByText('Affichage de 21 à 40 sur 45 clients')).toBeVisible();
    // A page beyond the last is the last.
    await portal.goto('/etablissements?page=99');
    await expect(portal.list.rows).toHaveCount(5);
    await portal.goto('/etablissements?taille=50');
    await expect(portal.list.rows).toHaveCount(45);
});

test('a new client is in view after saving, whatever page it is on', async ({ portal, member }) => {
    test.slow();
    await portal.signInAs(member);
    const clients = Array.from({ length: 25 }, (_, place) => registry.employer({ name: `Client ${String(place + 10)}` }));
    await portfolio(portal, ...clients);
    const last = registry.employer({ name: 'Zzz le dernier' });
    await registry.register(last);
    await portal.enrol(last);
    await portal.list.confirmSaved();
    await expect(portal.list.row(last.name)).toBeInViewport();
});

test('a broken address shows the list, and says so', { tag: '@no-script' }, async ({ portal, member, page }) => {
    // Truthfully a bad request, and a whole page all the same.
    portal.expectsTrouble = true;
    await portal.signInAs(member);
    await portfolio(portal, registry.employer());
    for (const broken of ['page=abc', 'page=-1', 'taille=7', 'tri=drop', 'sens=x', 'ouvrir=1', 'q=%FF%', 'voir=%00']) {
        await test.step(broken, async () => {
            await portal.goto(`/etablissements?${broken}`);
            await expect(portal.list.heading).toBeVisible();
        });
    }
    const response = await portal.goto('/etablissements?page=abc');
    expect(response?.status()).toBe(400);
    await expect(page.getByRole('status').filter({ hasText: 'Une partie de l’adresse n’a pas pu être lue' })).toBeVisible();
    await expect(portal.list.rows).toHaveCount(1);
});

test('an unknown client and another firm’s client cannot be told apart', { tag: '@no-script' }, async ({ portal, member, browser, page }) => {
    const client = registry.employer();
    await registry.register(client);
    await portal.signInAs(member);
    await portal.enrolQuietly(client);
    await portal.goto('/etablissements');
    await portal.list.pencil(client.name).click();
    await expect(portal.client.heading(client.name)).toBeVisible();
    const theirs = new URL(page.url()).pathname;

    const context = await browser.newContext();
    const stranger = new Portal(await context.newPage(), portal.script);
    stranger.expectsTrouble = true;
    await stranger.signInAs(await (await Firm.found()).member());
    const shown = [];
    for (const path of [theirs, `/etablissements/${randomUUID()}`, '/etablissements/rien']) {
        const response = await stranger.goto(path);
        expect(response?.status(), path).toBe(404);
        await expect(stranger.page.getByRole('heading', { level: 1, name: 'Page introuvable' })).toBeVisible();
        shown.push(await stranger.page.getByRole('main').innerText());
    }
    expect(new Set(shown).size).toBe(1);
    await context.close();
});

test('an unknown address is a page of ours, with status 404', { tag: ['@phone', '@no-script'] }, async ({ portal, page }) => {
    portal.expectsTrouble = true;
    const response = await portal.goto('/nulle/part');
    expect(response?.status()).toBe(404);
    await expect(page.getByRole('heading', { level: 1, name: 'Page introuvable' })).toBeVisible();
});
