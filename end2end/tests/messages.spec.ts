// Secure messages: the firm writes with an attachment, the body's officer answers, the firm reads and downloads.
import { readFile } from 'node:fs/promises';
import { officer } from '../fixtures/officer.ts';
import { fresh } from '../fixtures/identifiers.ts';
import * as registry from '../fixtures/registry.ts';
import { expect, test } from '../fixtures/test.ts';
import type { Member } from '../fixtures/firm.ts';
import type { Portal } from '../fixtures/portal.ts';

const PDF = { name: 'bulletin de décembre.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 bulletin') };
const PAGE = { name: 'facture.pdf', mimeType: 'application/pdf', buffer: Buffer.from('<html><script>harm()</script></html>') };

async function signOut(portal: Portal) {
    await portal.page.getByRole('button', { name: 'Se déconnecter' }).click();
    await expect(portal.page.getByRole('link', { name: 'Connectez-vous' }).first()).toBeVisible();
}

async function signInAsOfficer(portal: Portal, agent: Member) {
    await portal.goto('/connexion');
    await portal.signIn.fill(agent.identifier, agent.password);
    await portal.signIn.submit();
    await expect(portal.page.getByRole('heading', { level: 1, name: 'Demandes à décider' })).toBeVisible();
}

test('a firm writes with an attachment, the body answers, the firm reads and downloads', { tag: ['@phone', '@no-script'] }, async ({ portal, member, page }) => {
    const subject = fresh('Taux AT');
    const client = registry.employer();
    await registry.register(client);
    await portal.signInAs(member);
    await portal.enrolQuietly(client, ['MESSAGERIE']);
    await portal.goto('/etablissements');
    const to = (await portal.list.pencil(client.name).getAttribute('href')) ?? '';
    await portal.goto(to);
    await page.getByRole('link', { name: 'Nouveau message' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Nouveau message' })).toBeVisible();

    // A page that is called a PDF is refused, and nothing that was typed is lost.
    await page.getByLabel('Message', { exact: true }).fill('Bonjour,\n\nLe taux de <janvier> a-t-il changé ?');
    await page.getByLabel('Pièces jointes').setInputFiles([PAGE]);
    await page.getByRole('button', { name: 'Envoyer' }).click();
    await expect(page.getByRole('alert')).toContainText('Saisissez l’objet');
    await portal.expectAccessible();
    await page.getByLabel('Objet').fill(subject);
    await page.getByLabel('Pièces jointes').setInputFiles([PAGE]);
    await page.getByRole('button', { name: 'Envoyer' }).click();
    await expect(page.getByRole('alert')).toContainText('aucun format accepté');
    await expect(page.getByLabel('Message', { exact: true })).toHaveValue(/<janvier>/);
    await page.getByLabel('Pièces jointes').setInputFiles([PDF]);
    await page.getByRole('button', { name: 'Envoyer' }).click();
    await expect(page.getByRole('heading', { level: 1, name: subject })).toBeVisible();
    await expect(page.getByRole('listitem').filter({ hasText: 'Le taux de <janvier>' }).first()).toBeVisible();
    await portal.expectAccessible();
    const thread = new URL(page.url()).pathname;
    await signOut(portal);

    await signInAsOfficer(portal, await officer());
    await page.getByRole('navigation', { name: 'Navigation principale' }).getByRole('link', { name: /^Messages/ }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Messagerie' })).toBeVisible();
    await portal.expectAccessible();
    await portal.goto(`/agent${thread}`);
    await expect(page.getByRole('link', { name: 'bulletin de décembre.pdf' })).toBeVisible();
    await page.getByLabel('Votre message').fill('Oui : 2,10 % depuis le 1er janvier.');
    await page.getByRole('button', { name: 'Envoyer' }).click();
    await expect(page.getByRole('main')).toContainText('2,10 %');
    await signOut(portal);

    await portal.signInAs(member);
    await portal.goto('/messagerie?nonlus=1');
    await portal.expectAccessible();
    await page.getByRole('link', { name: subject }).click();
    await expect(page.getByRole('main')).toContainText('2,10 %');
    const downloading = page.waitForEvent('download');
    await page.getByRole('link', { name: 'bulletin de décembre.pdf' }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toBe('bulletin de décembre.pdf');
    expect((await readFile(await download.path())).toString()).toBe('%PDF-1.7 bulletin');
    await portal.goto('/messagerie?nonlus=1');
    await expect(page.getByRole('link', { name: subject })).toHaveCount(0);
});
