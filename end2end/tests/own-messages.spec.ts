// Secure messages from a client's own side: it writes to its firm, the firm reads and answers, and letters say that there is something
// to read and nothing of it.
import { readFile } from 'node:fs/promises';
import { invited } from '../fixtures/holder.ts';
import { fresh } from '../fixtures/identifiers.ts';
import { linkOf, mail, mailed, type Mail } from '../fixtures/mail.ts';
import * as registry from '../fixtures/registry.ts';
import { expect, test } from '../fixtures/test.ts';
import type { Portal } from '../fixtures/portal.ts';

const everywhere = { tag: ['@phone', '@no-script'] };
const NOTICE = 'Vous avez un nouveau message';
const PDF = { name: 'bail signé.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 bail') };
const PROGRAM = { name: 'bail signé.pdf', mimeType: 'application/pdf', buffer: Buffer.from('MZ\u0090\0\u0003', 'latin1') };
const QUESTION = 'Bonjour,\n\nLe bail du <magasin> change-t-il quelque chose ?';

const entry = (portal: Portal) =>
    portal.page.getByRole('navigation', { name: 'Navigation principale' }).getByRole('link', { name: /^Messages/ });
const send = (portal: Portal) => portal.page.getByRole('button', { name: 'Envoyer' }).click();

/** Answers in the conversation that is open. */
async function answer(portal: Portal, words: string) {
    await portal.page.getByLabel('Votre message').fill(words);
    await send(portal);
    await expect(portal.page.getByRole('listitem').filter({ hasText: words })).toBeVisible();
}

/** Fear: whoever reads the mail of somebody learns about whom it is, from whom, or what is said. */
function expectNothingOf(letter: Mail, words: string[]) {
    for (const part of [letter.subject, letter.text, letter.html]) {
        for (const word of words) expect(part).not.toContain(word);
    }
}

test('a client writes to its firm with an attachment, the firm answers, letters tell nothing of it', everywhere, async ({ portal, member, firm, page, elsewhere }) => {
    test.slow();
    const client = registry.employer();
    const subject = fresh('Bail du magasin');
    await registry.register(client);
    await portal.signInAs(member);
    // What the two say to each other needs no service; letters to the firm are one.
    await portal.enrolQuietly(client, ['MAIL_MESSAGE']);
    const holder = await elsewhere();
    const address = await invited(portal, client, holder);
    await entry(holder).click();
    await expect(holder.page.getByRole('heading', { level: 1, name: 'Messagerie' })).toBeVisible();
    await expect(holder.page.getByRole('heading', { level: 2, name: 'Aucune conversation' })).toBeVisible();
    await holder.expectAccessible();
    await holder.expectFits();
    await holder.page.getByRole('link', { name: 'Nouveau message' }).click();
    await expect(holder.page.getByRole('heading', { level: 1, name: 'Nouveau message' })).toBeVisible();

    // Nothing at all, then a program that is called a PDF: told at once, and nothing that was typed is lost.
    await send(holder);
    await expect(holder.page.getByRole('alert').getByRole('listitem')).toHaveText([
        'Choisissez à qui vous écrivez.', 'Saisissez l’objet, en quelques mots.', 'Écrivez votre message.',
    ]);
    await holder.expectAccessible();
    await holder.page.getByRole('radio', { name: 'À mon cabinet, sans l’organisme' }).check();
    await holder.page.getByLabel('Objet').fill(subject);
    await holder.page.getByLabel('Message', { exact: true }).fill(QUESTION);
    await holder.page.getByLabel('Pièces jointes').setInputFiles([PROGRAM]);
    await send(holder);
    await expect(holder.page.getByRole('alert')).toContainText('aucun format accepté');
    await expect(holder.page.getByRole('radio', { name: 'À mon cabinet, sans l’organisme' })).toBeChecked();
    await expect(holder.page.getByLabel('Objet')).toHaveValue(subject);
    await expect(holder.page.getByLabel('Message', { exact: true })).toHaveValue(/<magasin>/);
    await holder.expectAccessible();
    await holder.page.getByLabel('Pièces jointes').setInputFiles([PDF]);
    await send(holder);
    await expect(holder.page.getByRole('heading', { level: 1, name: subject })).toBeVisible();
    await expect(holder.page.getByText('Votre message est envoyé.')).toBeVisible();
    await expect(holder.page.getByRole('listitem').filter({ hasText: 'Le bail du <magasin>' }).first()).toBeVisible();
    await expect(holder.page.getByRole('main')).toContainText('cabinet, client');
    await holder.expectFits();
    await holder.expectAccessible();

    // The firm sees it unread, in its list and beside the navigation's link; its letter says so, and nothing of it.
    const told = await mail(member.identifier, NOTICE);
    expectNothingOf(told, [subject, 'magasin', client.name, address, PDF.name]);
    await portal.goto(linkOf(told));
    await expect(entry(portal)).toContainText('1\u{a0}conversation non lue');
    const row = page.getByRole('row').filter({ hasText: subject });
    await expect(row).toContainText('Non lue');
    await expect(row).toContainText(client.name);
    await portal.expectAccessible();
    await row.getByRole('link', { name: subject }).click();
    await expect(page.getByRole('heading', { level: 1, name: subject })).toBeVisible();
    await expect(page.getByRole('listitem').filter({ hasText: 'Le bail du <magasin>' }).first()).toContainText('Toni Titulaire');
    const downloading = page.waitForEvent('download');
    await page.getByRole('link', { name: PDF.name }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toBe(PDF.name);
    expect(await readFile(await download.path())).toEqual(PDF.buffer);
    await send(portal);
    await expect(page.getByRole('alert')).toContainText('Écrivez votre message.');
    await answer(portal, 'Oui : envoyez-nous aussi l’état des lieux.');
    await expect(entry(portal)).not.toContainText('non lue');

    // One letter for what waits in one conversation, however much it is.
    const first = await mail(address, NOTICE);
    expectNothingOf(first, [subject, 'état des lieux', client.name, firm.name, member.name]);
    expect(new URL(linkOf(first), page.url()).pathname).toBe('/mon-compte/messagerie');
    await answer(portal, 'Et la date de la remise des clés.');
    await holder.goto(linkOf(first));
    await expect(entry(holder)).toContainText('1\u{a0}conversation non lue');
    const unread = holder.page.getByRole('row').filter({ hasText: subject });
    await expect(unread).toContainText('Non lue');
    await holder.expectAccessible();
    await unread.getByRole('link', { name: subject }).click();
    await expect(holder.page.getByRole('listitem').filter({ hasText: 'état des lieux' })).toContainText(member.name);
    await expect(holder.page.getByRole('listitem').filter({ hasText: 'remise des clés' })).toBeVisible();
    await answer(holder, 'Le 3 décembre.');
    await expect.poll(() => mailed(member.identifier, NOTICE), { message: 'a letter about the second question' }).toBe(2);
    expect(await mailed(address, NOTICE)).toBe(1);
    await holder.goto('/mon-compte/messagerie?nonlus=1');
    await expect(holder.page.getByRole('heading', { level: 2, name: 'Aucune conversation ne correspond' })).toBeVisible();
    await expect(entry(holder)).not.toContainText('non lue');
    // It has read everything: the next letter is due.
    await portal.reload();
    await answer(portal, 'Merci, c’est noté.');
    await expect.poll(() => mailed(address, NOTICE), { message: 'a letter about the third answer' }).toBe(2);
});
