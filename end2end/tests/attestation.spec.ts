// « Attestation de vigilance »: fetched, on paper, checked by anybody, and refused with its reason.
import { CODE, download } from '../fixtures/paper.ts';
import * as registry from '../fixtures/registry.ts';
import { expect, test } from '../fixtures/test.ts';
import type { Member } from '../fixtures/firm.ts';
import type { Portal } from '../fixtures/portal.ts';

/** A client with the service, and the page of its attestations. */
async function attestations(portal: Portal, member: Member, client: registry.Employer) {
    await registry.register(client);
    await portal.signInAs(member);
    await portal.enrolQuietly(client, ['ATT_VIGILANCE']);
    await portal.goto('/etablissements');
    await portal.list.pencil(client.name).click();
    await portal.page.getByRole('link', { name: 'Attestations de ce client' }).click();
    await expect(portal.page.getByRole('heading', { level: 1, name: 'Attestation de vigilance' })).toBeVisible();
}

test('fetched at once, on paper, and checked by anybody', { tag: ['@phone', '@no-script'] }, async ({ portal, member, page }) => {
    const client = registry.employer({ establishments: 2 });
    await attestations(portal, member, client);
    await expect(page.getByText('Aucune attestation n’a encore été obtenue')).toBeVisible();
    await page.getByRole('button', { name: 'Obtenir l’attestation' }).click();
    await expect(page.getByRole('status').filter({ hasText: 'L’attestation est délivrée' })).toBeVisible();
    const code = (await page.getByText(CODE).textContent()) ?? '';
    const said = await download(page.getByRole('link', { name: 'Télécharger' }));
    if (said !== undefined) {
        for (const words of [client.name, code, '24 salariés', 'octobre 2026', 'sans valeur légale', '2 établissements']) {
            expect(said).toContain(words);
        }
    }
    await page.getByRole('button', { name: 'Se déconnecter' }).click();
    await portal.goto('/verification');
    const field = page.getByRole('textbox', { name: 'Code de sécurité ou de vérification' });
    await field.fill(code.slice(0, 9));
    await page.getByRole('button', { name: 'Vérifier' }).click();
    await expect(page.getByRole('alert')).toContainText('incomplet');
    await field.fill(code.toLowerCase().replaceAll('-', ' '));
    await page.getByRole('button', { name: 'Vérifier' }).click();
    await expect(page.getByRole('heading', { level: 2, name: /est authentique, et valable jusqu’au/ })).toBeVisible();
    await expect(page.getByRole('main')).toContainText(client.name);
    await expect(page.getByRole('main')).toContainText('24\u{a0}salariés');
    expect(page.url()).not.toContain(code.slice(0, 5));
    await portal.expectAccessible();
});

test('refused with the reason, and what to do', { tag: ['@phone', '@no-script'] }, async ({ portal, member, page }) => {
    const client = registry.employer();
    for (const row of client.rows) row.up_to_date = '0';
    await attestations(portal, member, client);
    await expect(page.getByRole('main')).toContainText('Aucune attestation ne peut être délivrée aujourd’hui');
    await expect(page.getByRole('main')).toContainText('L. 243-15');
    await expect(page.getByRole('main')).toContainText('délai de paiement');
    await expect(page.getByRole('button', { name: 'Obtenir l’attestation' })).toHaveCount(0);
    await portal.expectAccessible();
});
