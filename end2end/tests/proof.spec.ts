// A proof that does not hold tells nothing: not which accounts exist, not whose they are, not which secret was wrong.
import * as identifiers from '../fixtures/identifiers.ts';
import * as registry from '../fixtures/registry.ts';
import type { Portal } from '../fixtures/portal.ts';
import { expect, test } from '../fixtures/test.ts';

const NEUTRAL = 'Ces informations ne permettent pas d’inscrire ce compte. Vérifiez-les avec votre client.';

async function begin(portal: Portal, identifier: string) {
    await portal.goto('/etablissements/ajouter');
    await portal.add.enrol(identifier);
    await expect(portal.proof.heading).toBeVisible();
}

test('four wrong proofs are refused alike', { tag: '@no-script' }, async ({ portal, member, page }) => {
    // One client for each, since the third failure of one client tells the tries left.
    const [known, mistaken, other] = [registry.employer(), registry.employer(), registry.employer()];
    await registry.register(known, mistaken, other);
    await portal.signInAs(member);

    const told: string[] = [];
    for (const [siren, amount, account] of [
        [identifiers.siren(), known.amount, known.account],
        [known.siren, '1', known.account],
        [mistaken.siren, mistaken.amount, identifiers.accountNumber()],
        [other.siren, known.amount, known.account],
    ] as const) {
        await begin(portal, siren);
        await portal.proof.employer(amount, account);
        await portal.proof.problems.expectSummary(NEUTRAL);
        for (const { name } of [known, mistaken, other]) await expect(page.getByText(name)).toHaveCount(0);
        const shown = await page.getByRole('main').innerText();
        told.push(shown.replaceAll(/\d[\d\s]+\d/g, '#'));
    }
    expect(new Set(told).size, told.join('\n---\n')).toBe(1);
});

test('an account of another status is refused alike', async ({ portal, member }) => {
    const person = registry.selfEmployed();
    await registry.register(person);
    await portal.signInAs(member);
    await begin(portal, person.siren);
    await portal.proof.employer('0', person.account);
    await portal.proof.problems.expectSummary(NEUTRAL);
    await portal.proof.selfEmployed(identifiers.nir(), person.account);
    await portal.proof.problems.expectSummary(NEUTRAL);
    // A failure is no bar to the right secrets.
    await portal.proof.prove(person);
    await expect(portal.services.heading).toBeVisible();
});

test('without JavaScript refused secrets do not come back', { tag: '@no-script-only' }, async ({ portal, member, page }) => {
    const client = registry.employer();
    await registry.register(client);
    await portal.signInAs(member);
    await begin(portal, client.siren);
    await portal.proof.employer('77', client.account);
    await portal.proof.problems.expectSummary(NEUTRAL);
    await expect(portal.proof.status('Employeur')).toBeChecked();
    expect(await page.content()).not.toContain(client.account);
});

test('after five failures there is a pause, even for the right secrets', { tag: '@no-script' }, async ({ portal, member }) => {
    const client = registry.employer();
    await registry.register(client);
    await portal.signInAs(member);
    await begin(portal, client.siren);
    for (const left of ['', '', ' Il vous reste 2 essais avant une pause.', ' Il vous reste 1 essai avant une pause.', undefined]) {
        await portal.proof.employer('1', client.account);
        await expect(portal.proof.problems.summary).toBeVisible();
        if (left !== undefined) await portal.proof.problems.expectSummary(NEUTRAL + left);
    }
    await portal.proof.prove(client);
    await expect(portal.proof.problems.summary).toContainText(/Trop d’essais pour ce client\. Réessayez dans 1[45]\sminutes\./);

    // Another draft of the same client is no way round it.
    await begin(portal, client.siren);
    await portal.proof.prove(client);
    await expect(portal.proof.problems.summary).toContainText('Trop d’essais pour ce client.');
});

test('the services of an unproved client cannot be reached', async ({ portal, member, page }) => {
    const client = registry.employer();
    await registry.register(client);
    await portal.signInAs(member);
    await begin(portal, client.siren);
    await portal.goto(new URL(page.url()).pathname.replace('/mandat', '/services'));
    await expect(page.getByText(client.name)).toHaveCount(0);
    await expect(portal.services.heading).toBeHidden();
});
