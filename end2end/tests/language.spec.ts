// The portal in English: chosen on any page, kept, and the same pages awake and asleep.
import { fresh } from '../fixtures/identifiers.ts';
import * as registry from '../fixtures/registry.ts';
import { expect, test } from '../fixtures/test.ts';

const everywhere = { tag: ['@phone', '@no-script'] };

test('a stranger reads English from the first page on', everywhere, async ({ portal, page, member }) => {
    await portal.goto('/connexion');
    await page.getByRole('button', { name: 'English' }).click();
    await portal.awake();
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
    await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();
    await portal.expectAccessible();
    // A refusal speaks the language of its page.
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(page.getByRole('alert')).toContainText('There is a problem');
    await page.getByLabel('Username').fill(member.identifier);
    await page.getByLabel('Password', { exact: true }).fill(member.password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Dashboard' })).toBeVisible();
});

test('a member adds a client and finds it again in English, and goes back to French', everywhere, async ({ portal, page, member }) => {
    const known = registry.employer({ name: fresh('Boulangerie Martin') });
    await registry.register(known);
    await portal.signInAs(member);
    await page.getByRole('button', { name: 'English' }).click();
    await portal.awake();
    await expect(page.getByRole('heading', { level: 1, name: 'Manage establishments' })).toBeVisible();
    await portal.expectAccessible();
    await page.getByRole('main').getByRole('link', { name: 'Add an account' }).first().click();
    const box = page.getByRole('textbox', { name: 'Siren, Siret or account number' });
    await box.fill('123456789');
    await page.getByRole('button', { name: 'Enrol' }).click();
    await expect(page.getByRole('alert')).toContainText('check digit');
    await expect(box).toHaveValue('123456789');
    await portal.enrolQuietly(known, ['DPAE']);
    await portal.goto('/etablissements');
    await page.getByRole('searchbox').fill('martin');
    await page.getByRole('searchbox').press('Enter');
    await page.getByRole('link', { name: `Edit ${known.name}` }).click();
    await expect(page.getByRole('main')).toContainText('Declare a hiring (DPAE)');
    await portal.expectAccessible();
    await page.getByRole('button', { name: 'Français' }).click();
    await portal.awake();
    await expect(page.getByRole('main')).toContainText('Déclarer une embauche (DPAE)');
});
