// « Échéances »: from a date to the clients that it concerns, by client, and in a diary by a secret address.
import * as registry from '../fixtures/registry.ts';
import { expect, test } from '../fixtures/test.ts';

const everywhere = { tag: ['@phone', '@no-script'] };

test('dates lead to their clients, and into a diary', everywhere, async ({ portal, member, page, request }) => {
    await portal.signInAs(member);
    const employer = registry.employer();
    const independent = registry.selfEmployed();
    await registry.register(employer, independent);
    await portal.enrolQuietly(employer, ['DPAE']);
    await portal.enrolQuietly(independent, ['MAIL_ECHEANCE']);

    await page.getByRole('navigation', { name: 'Navigation principale' }).getByRole('link', { name: 'Échéances' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Échéances' })).toBeVisible();
    await expect(page.getByRole('heading', { level: 2 }).first()).toContainText('Semaine du');
    await portal.expectAccessible();
    await portal.expectFits();
    const due = page.getByRole('listitem').filter({ hasText: 'DSN et paiement' }).first();
    await due.getByRole('link', { name: /^1\s*client$/ }).click();
    await expect(portal.list.heading).toBeVisible();
    await expect(portal.list.rows).toHaveCount(1);

    // By client: the firm says what the registry does not know.
    await portal.goto('/echeances');
    await page.getByRole('link', { name: 'Par client' }).click();
    await expect(page.getByRole('table')).toBeVisible();
    await portal.expectAccessible();
    await portal.expectFits();
    await page.getByRole('row').filter({ hasText: 'Cotisations d’indépendant' }).getByRole('link').click();
    await page.getByLabel('Quand ce client déclare ou paie').selectOption('trimestriel');
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await expect(page.getByText('Les échéances de ce client sont enregistrées.')).toBeVisible();
    await expect(page.getByText(/trimestre/).first()).toBeVisible();
    await portal.expectAccessible();

    // Nobody is in charge of anybody here.
    await portal.goto('/echeances');
    await page.getByLabel('En charge').selectOption('moi');
    await page.getByRole('button', { name: 'Afficher' }).click();
    await expect(page.getByText('Rien à déclarer pendant ces semaines')).toBeVisible();

    await page.getByRole('link', { name: 'Dans mon agenda' }).click();
    await page.getByLabel('Échéances de').selectOption({ label: 'Tous les clients du cabinet' });
    await page.getByRole('button', { name: 'Créer l’adresse' }).click();
    const address = await page.getByLabel('Adresse secrète').inputValue();
    await portal.expectAccessible();
    const path = new URL(address).pathname;
    const feed = await request.get(path);
    expect(feed.status()).toBe(200);
    expect(feed.headers()['content-type']).toBe('text/calendar; charset=utf-8');
    expect((await feed.text()).replaceAll('\r\n ', '')).toContain('SUMMARY:DSN et paiement');
    await page.getByRole('button', { name: 'Révoquer l’adresse' }).click();
    await expect(page.getByText('L’adresse est révoquée')).toBeVisible();
    expect((await request.get(path)).status()).toBe(404);
});

test('messages are chosen by whoever gets them', everywhere, async ({ portal, member, page }) => {
    await portal.signInAs(member);
    await portal.goto('/courriels');
    await expect(page.getByText(member.identifier)).toBeVisible();
    await portal.expectAccessible();
    await portal.expectFits();
    await page.getByRole('button', { name: /^Arrêter\s*: Rappels d’échéances$/ }).click();
    await expect(page.getByText('Votre choix est enregistré.')).toBeVisible();
    await page.getByRole('button', { name: /^Reprendre\s*: Rappels d’échéances$/ }).click();
    await expect(page.getByRole('button', { name: /^Arrêter\s*: Rappels d’échéances$/ })).toBeVisible();
});
