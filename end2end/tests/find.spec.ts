// Finding a client: as one types, by filters, by saved lists, by the jump box, by keyboard alone.
import { Portal } from '../fixtures/portal.ts';
import * as registry from '../fixtures/registry.ts';
import { expect, test } from '../fixtures/test.ts';

async function portfolio(portal: Portal, ...clients: registry.Client[]) {
    await registry.register(...clients);
    for (const client of clients) await portal.enrolQuietly(client);
}

/** A firm's list of three, opened. */
async function three(portal: Portal) {
    await portfolio(
        portal,
        registry.employer({ name: 'L’Œuf d’Émile' }),
        registry.employer({ name: 'Garage Lefèvre & Fils', state: 'radié' }),
        registry.selfEmployed({ name: 'Zoé Bernard' }),
    );
    await portal.goto('/etablissements');
}

test('typing finds, marks what it found, and leaves focus and caret alone', { tag: '@phone' }, async ({ portal, member, page }) => {
    await portal.signInAs(member);
    await three(portal);
    await portal.list.search.pressSequentially('emile oeu');
    await expect.poll(() => portal.list.names()).toEqual(['L’Œuf d’Émile']);
    await expect(page.getByRole('row', { name: /Œuf/ }).locator('mark')).toHaveText(['Œu', 'Émile']);
    await expect(page).toHaveURL(/[?&]q=emile%20oeu/);
    await expect(portal.list.search).toBeFocused();
    // In the middle of what was typed.
    await portal.list.search.press('Home');
    await portal.list.search.pressSequentially('d ');
    await expect(page).toHaveURL(/[?&]q=d%20emile%20oeu/);
    expect(await portal.list.search.evaluate((input: HTMLInputElement) => input.selectionStart)).toBe(2);
    // Told once it stands still.
    await expect(page.getByRole('status').filter({ hasText: '1 client trouvé' })).toBeAttached();
    await portal.list.search.fill('fèvr');
    await expect.poll(() => portal.list.names()).toEqual(['Garage Lefèvre & Fils']);
    await portal.list.search.fill('');
    await expect(portal.list.rows).toHaveCount(3);
    await portal.expectAccessible();
    await portal.expectFits();
});

test('a late answer does not take the place of a later question’s', async ({ portal, member, page }) => {
    await portal.signInAs(member);
    await three(portal);
    let late = () => {};
    const held = new Promise<void>((resolve) => (late = resolve));
    await page.route('**/api/clients', async (route) => {
        if (route.request().postData()?.includes('garage')) await held;
        await route.continue();
    });
    const asked = page.waitForRequest((request) => request.postData()?.includes('garage') ?? false);
    await portal.list.search.fill('garage');
    await asked;
    // What stands on the page stays meanwhile, and says that it waits.
    await expect(page.locator('.clients')).toHaveAttribute('aria-busy', 'true');
    await expect(portal.list.rows).toHaveCount(3);
    await portal.list.search.fill('zoe');
    await expect.poll(() => portal.list.names()).toEqual(['Zoé Bernard']);
    const answered = page.waitForResponse((response) => response.request().postData()?.includes('garage') ?? false);
    late();
    await answered.catch(() => {});
    await expect.poll(() => portal.list.names()).toEqual(['Zoé Bernard']);
    await expect(portal.list.search).toHaveValue('zoe');
    await expect(page.locator('.clients')).toHaveAttribute('aria-busy', 'false');
});

test('back leads to the list before, not to the letter before', async ({ portal, member, page }) => {
    await portal.signInAs(member);
    await three(portal);
    await portal.list.sortBy('Client');
    await expect(page).toHaveURL(/sens=desc/);
    await portal.list.search.pressSequentially('zoe', { delay: 250 });
    await expect(portal.list.rows).toHaveCount(1);
    await portal.list.pencil('Zoé Bernard').click();
    await expect(portal.client.heading('Zoé Bernard')).toBeVisible();
    await page.goBack();
    await expect(portal.list.search).toHaveValue('zoe');
    await expect(portal.list.rows).toHaveCount(1);
    await page.goBack();
    await expect(portal.list.search).toHaveValue('');
    await expect(portal.list.rows).toHaveCount(3);
});

test('filters combine, count, and survive edit, back and sign-in', { tag: '@no-script' }, async ({ portal, member, page }) => {
    await portal.signInAs(member);
    await three(portal);
    await page.getByRole('link', { name: 'Filtres', exact: true }).click();
    const panel = portal.script ? page.getByRole('dialog', { name: 'Filtres' }) : page.getByRole('main');
    await expect(panel.getByRole('option', { name: 'Régime Général (2)' })).toBeAttached();
    await panel.getByRole('combobox', { name: 'Régime' }).selectOption({ label: 'Régime Général (2)' });
    if (portal.script) {
        await expect(page).toHaveURL(/regime=RG/);
        await expect(panel.getByRole('option', { name: 'Radié (1)' })).toBeAttached();
        await panel.getByRole('combobox', { name: 'État' }).selectOption({ label: 'Radié (1)' });
        await expect(panel.getByRole('button', { name: 'Afficher 1 client' })).toBeVisible();
        await portal.expectAccessible();
        // A service that is added stands among the boxes; the next choice does not add another.
        await panel.getByRole('combobox', { name: 'Ajouter un service non activé' }).selectOption({ index: 1 });
        await expect(page).toHaveURL(/sans=[^&]+/);
        await panel.getByRole('checkbox', { name: /^Sans référence/ }).check();
        await expect(page).toHaveURL(/reference=aucune/);
        expect(page.url().match(/sans=/g)).toHaveLength(1);
        await panel.getByRole('checkbox', { name: /^Sans référence/ }).uncheck();
        await panel.getByRole('group', { name: 'Sans ces services' }).getByRole('checkbox').click();
        await expect(page).not.toHaveURL(/sans=|reference=/);
        await panel.getByRole('button', { name: 'Afficher 1 client' }).click();
    } else {
        await panel.getByRole('combobox', { name: 'État' }).selectOption({ label: 'Radié (1)' });
        await panel.getByRole('button', { name: 'Afficher les clients' }).click();
    }
    await expect(page).toHaveURL(/regime=RG.*etat=3/);
    await expect.poll(() => portal.list.names()).toEqual(['Garage Lefèvre & Fils']);
    const chips = page.getByRole('navigation', { name: 'Filtres en cours' });
    await expect(chips.getByRole('listitem')).toHaveText([/Régime\s: Régime Général/, /État\s: Radié/, 'Effacer les filtres']);

    await portal.list.pencil('Garage Lefèvre & Fils').click();
    await portal.services.save();
    await expect(page.getByText(/Rien n’a changé/)).toBeVisible();
    await expect(page).toHaveURL(/regime=RG.*etat=3/);
    await expect(portal.list.rows).toHaveCount(1);

    // The session ends; signed in again the same list is there.
    await page.context().clearCookies();
    await page.goto(page.url().replace(/&voir=[^&]*/, ''));
    await portal.awake();
    await portal.signIn.fill(member.identifier, member.password);
    await portal.signIn.submit();
    await expect(page).toHaveURL(/regime=RG.*etat=3/);
    await expect(portal.list.rows).toHaveCount(1);

    await chips.getByRole('link', { name: /État/ }).click();
    await expect(portal.list.rows).toHaveCount(2);
    await chips.getByRole('link', { name: 'Effacer les filtres' }).click();
    await expect(portal.list.rows).toHaveCount(3);
    await expect(chips).toHaveCount(0);
});

test('a list is saved, opened with, renamed and deleted; everybody stays in reach', { tag: ['@phone', '@no-script'] }, async ({ portal, member, page }) => {
    await portal.signInAs(member);
    await three(portal);
    await portal.goto('/etablissements?etat=3');
    await page.getByRole('link', { name: 'Enregistrer cette vue' }).click();
    await page.getByRole('textbox', { name: 'Nom de la vue' }).fill('Radiés');
    await page.getByRole('button', { name: 'Enregistrer la vue' }).click();
    const views = page.getByRole('navigation', { name: 'Vues' });
    await expect(views.getByRole('link', { name: 'Radiés' })).toHaveAttribute('aria-current', 'page');
    await expect(portal.list.rows).toHaveCount(1);

    await views.getByRole('link', { name: 'Gérer les vues' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Vues' })).toBeVisible();
    await portal.expectAccessible();
    await portal.expectFits();
    await expect(page.getByRole('button', { name: /^Remplacer/ })).toHaveCount(0);
    await page.getByRole('button', { name: 'Ouvrir d’abord Radiés' }).click();
    await expect(page.getByRole('status').filter({ hasText: 'Cette vue s’ouvrira d’abord.' })).toBeVisible();

    // Opened bare, the list is that one; everybody is one step away, and stays there when words are taken back.
    await portal.goto('/etablissements');
    await expect(page).toHaveURL(/etat=3/);
    await expect(portal.list.rows).toHaveCount(1);
    await views.getByRole('link', { name: 'Tous les clients' }).click();
    await expect(portal.list.rows).toHaveCount(3);
    await portal.list.find('zoe');
    await expect(portal.list.rows).toHaveCount(1);
    await portal.list.find('');
    await expect(portal.list.rows).toHaveCount(3);

    await portal.goto('/etablissements/vues');
    await page.locator('summary', { hasText: 'Renommer' }).click();
    const name = page.getByRole('textbox', { name: 'Nouveau nom' });
    await name.fill('  ');
    await page.getByRole('button', { name: 'Renommer Radiés' }).click();
    await expect(page.getByText('Saisissez le nom de la vue.').first()).toBeVisible();
    await name.fill('À résilier');
    await page.getByRole('button', { name: 'Renommer Radiés' }).click();
    await expect(page.getByRole('link', { name: 'À résilier' })).toBeVisible();
    await page.getByRole('button', { name: 'Supprimer À résilier' }).click();
    await expect(page.getByRole('heading', { name: 'Aucune vue enregistrée' })).toBeVisible();
});

test('a star makes a favourite', { tag: ['@phone', '@no-script'] }, async ({ portal, member, page }) => {
    await portal.signInAs(member);
    await three(portal);
    const star = page.getByRole('button', { name: /^Favori\s: Zoé Bernard$/ });
    const press = () => Promise.all([portal.script && page.waitForResponse('**/api/favori'), star.click()]);
    await expect(star).toHaveAttribute('aria-pressed', 'false');
    await press();
    await expect(star).toHaveAttribute('aria-pressed', 'true');
    await page.getByRole('navigation', { name: 'Vues' }).getByRole('link', { name: 'Favoris' }).click();
    await expect(portal.list.rows).toHaveCount(1);
    await expect(star).toHaveAttribute('aria-pressed', 'true');
    await press();
    await portal.goto('/etablissements?favoris=1');
    await expect(page.getByRole('heading', { name: 'Aucun client ne correspond' })).toBeVisible();
});

test('the jump box opens any client and any page, by keyboard alone', async ({ portal, member, page }) => {
    await portal.signInAs(member);
    await three(portal);
    await page.keyboard.press('/');
    await expect(portal.jump.input).toBeFocused();
    await portal.jump.input.pressSequentially('lefevre');
    await expect(portal.jump.options.first()).toContainText('Garage Lefèvre & Fils');
    await expect(portal.jump.input).toHaveAttribute('aria-activedescendant', 'aller-liste-0');
    await portal.expectAccessible();
    await page.keyboard.press('Enter');
    await expect(portal.client.heading('Garage Lefèvre & Fils')).toBeVisible();
    await expect(portal.jump.box).toBeHidden();

    // Opened last, it comes first when nothing is typed. Enter before the answer waits for it.
    await portal.jump.open();
    await expect(portal.jump.options.first()).toContainText('Garage Lefèvre & Fils');
    await page.keyboard.type('zoe');
    await page.keyboard.press('Enter');
    await expect(portal.client.heading('Zoé Bernard')).toBeVisible();

    await portal.jump.open();
    await page.keyboard.type('vues enreg');
    await expect(portal.jump.options).toHaveCount(1);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1, name: 'Vues' })).toBeVisible();

    await portal.jump.open();
    await page.keyboard.press('Escape');
    await expect(portal.jump.box).toBeHidden();
});

test('the jump box’s button leads to the search without JavaScript', { tag: '@no-script-only' }, async ({ portal, member, page }) => {
    await portal.signInAs(member);
    await portal.goto('/aide');
    await portal.jump.button.click();
    await expect(page).toHaveURL(/\/etablissements\?vue=tous#recherche$/);
    await expect(portal.list.search).toBeVisible();
});

test('the list by keyboard alone, and the keys switched off', async ({ portal, member, page }) => {
    await portal.signInAs(member);
    await three(portal);
    await page.keyboard.press('j');
    await expect(portal.list.row('Garage Lefèvre & Fils')).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await expect(portal.list.row('L’Œuf d’Émile')).toBeFocused();
    await page.keyboard.press('k');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('table', { name: /^1\scompte/ })).toBeVisible();
    await expect(portal.list.row('Garage Lefèvre & Fils')).toBeFocused();
    await page.keyboard.press('s');
    await expect(page.getByRole('button', { name: /^Favori\s: Garage/ })).toHaveAttribute('aria-pressed', 'true');
    await page.keyboard.press('f');
    await expect(portal.list.search).toBeFocused();
    // While typing, letters are letters.
    await page.keyboard.type('jen?');
    await expect(portal.list.search).toHaveValue('jen?');
    await portal.list.search.fill('');
    await page.getByRole('heading', { level: 1 }).click();
    await page.keyboard.press('?');
    const sheet = page.getByRole('dialog', { name: 'Raccourcis clavier' });
    await expect(sheet).toBeVisible();
    await expect(sheet.getByText('Cocher la ligne, ou la décocher')).toBeVisible();
    await portal.expectAccessible();
    await sheet.getByRole('checkbox').uncheck();
    await sheet.getByRole('button', { name: 'Fermer' }).click();
    await portal.reload();
    for (const key of ['j', 'n', '/', '?']) await page.keyboard.press(key);
    await expect(portal.list.heading).toBeVisible();
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await portal.jump.open();
    await expect(portal.jump.input).toBeFocused();
    await page.keyboard.press('Escape');
    // The button works all the same.
    await page.getByRole('button', { name: 'Raccourcis clavier' }).click();
    await sheet.getByRole('checkbox').check();
    await sheet.getByRole('button', { name: 'Fermer' }).click();
    await page.getByRole('heading', { level: 1 }).click();
    await page.keyboard.press('n');
    await expect(portal.add.heading).toBeVisible();
});

test('the firm’s own fields: saved, found, sorted by, in the history', { tag: ['@phone', '@no-script'] }, async ({ portal, member, page }) => {
    await portal.signInAs(member);
    await three(portal);
    await portal.list.pencil('Zoé Bernard').click();
    await page.getByRole('textbox', { name: 'Référence interne' }).fill('DOS-42');
    await page.getByRole('textbox', { name: 'Nouvelles étiquettes' }).fill('à relancer, Gros dossier');
    await page.getByRole('combobox', { name: 'Personne en charge' }).selectOption({ label: member.name });
    await page.getByRole('button', { name: 'Enregistrer le suivi' }).click();
    await expect(page.getByRole('status').filter({ hasText: 'Le suivi de ce client est enregistré.' })).toBeVisible();
    await expect(page.getByRole('checkbox', { name: 'à relancer' })).toBeChecked();
    await expect(page.getByText(/Référence\s: aucune → DOS-42/)).toBeVisible();
    await portal.expectAccessible();
    await portal.expectFits();
    for (const words of ['dos 42', 'relancer']) {
        await portal.goto('/etablissements?vue=tous');
        await portal.list.find(words);
        await expect.poll(() => portal.list.names()).toEqual(['Zoé Bernard']);
    }
    await expect(portal.list.row('Zoé Bernard')).toContainText('DOS-42');
    await portal.goto('/etablissements?tri=reference');
    await expect.poll(async () => (await portal.list.names())[0]).toBe('Zoé Bernard');

    await portal.goto('/cabinet/etiquettes');
    await expect(page.getByRole('link', { name: /^1\sclient$/ })).toHaveCount(2);
    await portal.expectAccessible();
    await page.locator('summary', { hasText: 'Renommer à relancer' }).click();
    await page.getByRole('textbox', { name: 'Nouveau nom' }).filter({ visible: true }).fill('À rappeler');
    await page.getByRole('button', { name: 'Renommer à relancer' }).click();
    await expect(page.getByText('À rappeler').first()).toBeVisible();
    await page.locator('summary', { hasText: 'Supprimer Gros dossier' }).click();
    await page.getByRole('button', { name: 'Supprimer l’étiquette Gros dossier' }).click();
    await expect(page.getByRole('status').filter({ hasText: 'L’étiquette est supprimée' })).toBeVisible();
    await portal.goto('/etablissements?vue=tous');
    await expect(portal.list.row('Zoé Bernard')).toContainText('À rappeler');
    await expect(portal.list.row('Zoé Bernard')).not.toContainText('Gros dossier');
});

test('own fields changed meanwhile by a colleague: told, kept, then saved', { tag: '@no-script' }, async ({ portal, member, colleague, page }) => {
    await portal.signInAs(member);
    await three(portal);
    await portal.list.pencil('Zoé Bernard').click();
    await expect(portal.client.heading('Zoé Bernard')).toBeVisible();
    await colleague.goto(new URL(page.url()).pathname);
    await colleague.page.getByRole('textbox', { name: 'Référence interne' }).fill('Paul');
    await colleague.page.getByRole('button', { name: 'Enregistrer le suivi' }).click();
    await expect(colleague.page.getByRole('status').filter({ hasText: 'Le suivi de ce client est enregistré.' })).toBeVisible();

    const reference = page.getByRole('textbox', { name: 'Référence interne' });
    await reference.fill('Claire');
    await page.getByRole('button', { name: 'Enregistrer le suivi' }).click();
    await expect(page.getByText('Quelqu’un a modifié ces informations pendant que vous y travailliez.').first()).toBeVisible();
    await expect(reference).toHaveValue('Claire');
    await page.getByRole('button', { name: 'Enregistrer le suivi' }).click();
    await expect(page.getByText(/Référence\s: Paul → Claire/)).toBeVisible();
});

test('pages follow each other, forward and back, to the last', { tag: '@no-script' }, async ({ portal, member, page }) => {
    test.slow();
    await portal.signInAs(member);
    const names = Array.from({ length: 65 }, (_, place) => `Client ${String(place + 1).padStart(2, '0')}`);
    await portfolio(portal, ...names.map((name) => registry.employer({ name })));
    await portal.goto('/etablissements?vue=tous');
    const pager = page.getByRole('navigation', { name: 'Pages de la liste' });
    for (const place of [0, 20, 40]) {
        await expect.poll(() => portal.list.names()).toEqual(names.slice(place, place + 20));
        await pager.getByRole('link', { name: 'Suivante' }).click();
    }
    await expect.poll(() => portal.list.names()).toEqual(names.slice(60));
    await expect(pager).toContainText(/Page\s4 sur\s4/);
    await expect(pager.getByRole('link', { name: 'Suivante' })).toHaveCount(0);
    for (const place of [40, 20, 0]) {
        await pager.getByRole('link', { name: 'Précédente' }).click();
        await expect.poll(() => portal.list.names()).toEqual(names.slice(place, place + 20));
    }
    await pager.getByRole('link', { name: 'Dernière' }).click();
    await expect.poll(async () => (await portal.list.names()).at(-1)).toBe('Client 65');
    await pager.getByRole('link', { name: 'Première' }).click();
    await expect.poll(() => portal.list.names()).toEqual(names.slice(0, 20));
});
