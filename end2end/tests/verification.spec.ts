// A certificate is verified by anybody, without signing in.
import { expect, test } from '../fixtures/test.ts';

test('what is no code, and a code that no certificate has', { tag: ['@phone', '@no-script'] }, async ({ portal, page }) => {
    await portal.goto('/verification');
    await page.getByRole('button', { name: 'Vérifier' }).click();
    await expect(page.getByRole('alert')).toContainText('Saisissez le code imprimé');
    await page.getByRole('textbox', { name: 'Code de sécurité ou de vérification' }).fill('0000-0000-0000-0000-0000');
    await page.getByRole('button', { name: 'Vérifier' }).click();
    await expect(page.getByRole('heading', { level: 2, name: 'Aucun document ne porte ce code' })).toBeVisible();
    expect(page.url()).not.toContain('0000');
});

test('accessible', async ({ portal, page }) => {
    await portal.goto('/verification');
    await portal.expectAccessible();
    await page.getByRole('textbox', { name: 'Code de sécurité ou de vérification' }).fill('0000-0000-0000-0000-0000');
    await page.getByRole('button', { name: 'Vérifier' }).click();
    await expect(page.getByRole('heading', { level: 2, name: 'Aucun document ne porte ce code' })).toBeVisible();
    await portal.expectAccessible();
});
