// The body's side: the queue, a decision, and what the accountant gets of it.
import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { examined, officer } from '../fixtures/officer.ts';
import { fresh } from '../fixtures/identifiers.ts';
import * as registry from '../fixtures/registry.ts';
import { expect, test } from '../fixtures/test.ts';
import type { Member } from '../fixtures/firm.ts';
import type { Portal } from '../fixtures/portal.ts';

/** A request that waits, and its page. */
async function waiting(portal: Portal, member: Member, worker: string) {
    const client = registry.employer();
    await registry.register(client);
    await portal.signInAs(member);
    await portal.enrolQuietly(client, ['MOBILITE_INTERNATIONALE']);
    await portal.goto('/etablissements');
    const to = (await portal.list.pencil(client.name).getAttribute('href')) ?? '';
    const id = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(to)?.[0] ?? '';
    return examined(portal.page, id, worker);
}

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

/** A name that nobody else has: names have no digits. */
const WORKER = () => fresh('Ormesson').replace(/\d/g, (digit) => 'abcdefghij'[Number(digit)]!);

test('a request is asked about, granted for less, verified, and on paper', { tag: ['@phone', '@no-script'] }, async ({ portal, member, page }) => {
    const worker = WORKER();
    const request = await waiting(portal, member, worker);
    await signOut(portal);
    await signInAsOfficer(portal, await officer());
    await page.getByRole('link', { name: new RegExp(worker) }).first().click();
    await expect(page.getByRole('heading', { level: 2, name: 'Votre décision' })).toBeVisible();
    await expect(page.getByRole('region', { name: 'Ce que disent les règles' })).toContainText('À examiner', { ignoreCase: true });
    await page.getByRole('radio', { name: 'Refuser' }).check();
    await page.getByRole('button', { name: 'Enregistrer la décision' }).click();
    await expect(page.getByRole('alert')).toContainText('Écrivez au cabinet');
    await page.getByRole('radio', { name: 'Accorder' }).check();
    await page.getByRole('button', { name: 'Enregistrer la décision' }).click();
    await expect(page.getByRole('main')).toContainText('le cabinet a le certificat');
    // Nothing of a firm is within reach: its pages lead back to the queue.
    await portal.goto('/etablissements');
    await expect(page).toHaveURL(/\/agent$/);
    await signOut(portal);

    await portal.signInAs(member);
    await portal.goto(request);
    const code = (await page.getByText(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){4}$/).textContent()) ?? '';
    const downloading = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Télécharger le certificat (PDF)' }).click();
    const file = await (await downloading).path();
    expect((await readFile(file)).subarray(0, 5).toString()).toBe('%PDF-');
    try {
        const text = execFileSync('pdftotext', ['-layout', file, '-'], { stdio: ['ignore', 'pipe', 'ignore'] }).toString();
        expect(text).toContain(code);
        expect(text).toContain(worker);
        expect(text).toContain('sans valeur légale');
    } catch (error) {
        // Without poppler the text is checked by the tests of the crate `paper` alone.
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
    await portal.goto('/verification');
    await page.getByRole('textbox', { name: 'Code de sécurité ou de vérification' }).fill(code.toLowerCase().replaceAll('-', ' '));
    await page.getByRole('button', { name: 'Vérifier' }).click();
    await expect(page.getByRole('main')).toContainText('est authentique');
    await expect(page.getByRole('main')).toContainText(`Z. A. ${worker}`);
    expect(page.url()).not.toContain(code.slice(0, 4));
});

test('the queue is filtered by its address', { tag: ['@no-script'] }, async ({ portal, page }) => {
    await signInAsOfficer(portal, await officer());
    await page.getByRole('combobox', { name: 'Type' }).selectOption('Pluriactivité');
    await page.getByRole('button', { name: 'Filtrer' }).click();
    await expect(page).toHaveURL(/type=pluriactivite/);
    await expect(page.getByRole('combobox', { name: 'Type' })).toHaveValue('pluriactivite');
    await page.getByRole('link', { name: 'Tout ce qui attend' }).first().click();
    await expect(page).toHaveURL(/\/agent$/);
});

test('accessible', async ({ portal, member, page }) => {
    const worker = WORKER();
    await waiting(portal, member, worker);
    await signOut(portal);
    await signInAsOfficer(portal, await officer());
    await portal.expectAccessible();
    await page.getByRole('link', { name: new RegExp(worker) }).first().click();
    await expect(page.getByRole('heading', { level: 2, name: 'Votre décision' })).toBeVisible();
    await portal.expectAccessible();
});
