// Everybody: by keyboard alone, on a narrow screen, light and dark, with assistive technology.
import type { Locator } from '@playwright/test';
import type { Portal } from '../fixtures/portal.ts';
import * as registry from '../fixtures/registry.ts';
import { expect, test } from '../fixtures/test.ts';
import { ABROAD } from '../pages/services.ts';

/** Goes through every page, each in the states that look different, and looks at each. */
async function everyPage(portal: Portal, member: Parameters<Portal['signInAs']>[0], look: (what: string) => Promise<void>) {
    const [client, shown] = [registry.employer(), registry.employer({ establishments: 3, state: 'radié' })];
    await registry.register(client, shown);
    for (const path of ['/', '/aide', '/connexion']) {
        await portal.goto(path);
        await look(path);
    }
    await portal.signIn.submit();
    await expect(portal.signIn.problems.summary).toBeVisible();
    await look('sign-in, refused');
    await portal.signInAs(member);
    await look('an empty portfolio');
    await portal.enrolQuietly(shown, ['DPAE']);
    await portal.goto('/etablissements/ajouter');
    await look('add');
    await portal.add.enrol('12');
    await expect(portal.add.problems.summary).toBeVisible();
    await look('add, refused');
    await portal.add.enrol(client.siren);
    await expect(portal.proof.heading).toBeVisible();
    await look('proof');
    await portal.proof.employer('', '');
    await expect(portal.proof.problems.summary).toBeVisible();
    await look('proof, refused');
    await portal.proof.prove(client);
    await expect(portal.services.heading).toBeVisible();
    await look('services');
    await portal.services.save();
    await expect(portal.list.saved).toBeVisible();
    await look('saved');
    await portal.list.confirmSaved();
    await look('portfolio');
    await portal.list.pencil(shown.name).click();
    await expect(portal.client.heading(shown.name)).toBeVisible();
    await look('client');
    await portal.client.terminate();
    await expect(portal.client.answer('OK')).toBeVisible();
    await look('the question before removal');
    portal.expectsTrouble = true;
    await portal.goto('/nulle/part');
    await look('an unknown address');
}

for (const scheme of ['light', 'dark'] as const) {
    test.describe(scheme, () => {
        test.use({ colorScheme: scheme });
        test('no page has a fault that axe finds', { tag: '@phone' }, async ({ portal, member }) => {
            test.slow();
            await everyPage(portal, member, (what) => test.step(what, () => portal.expectAccessible()));
        });
    });
}

test.describe('320 pixels wide', () => {
    test.use({ viewport: { width: 320, height: 640 } });
    test('no page scrolls sideways', async ({ portal, member }) => {
        await everyPage(portal, member, (what) => test.step(what, () => portal.expectFits()));
    });
});

test.describe('text twice as large', () => {
    test.use({ viewport: { width: 640, height: 400 } });
    test('no page scrolls sideways', async ({ portal, member }) => {
        await everyPage(portal, member, (what) => test.step(what, () => portal.expectFits()));
    });
});

test('the whole journey by keyboard alone', async ({ portal, member, page }) => {
    const client = registry.employer();
    await registry.register(client);
    const press = (key: string) => page.keyboard.press(key);
    /** Moves on by Tab until this has the focus. */
    const reach = async (target: Locator) => {
        for (let presses = 0; presses < 60; presses++) {
            await press('Tab');
            if (await target.evaluate((element) => element === document.activeElement)) return;
        }
        throw new Error(`Tab does not reach ${target}`);
    };

    await portal.goto('/connexion');
    await press('Tab');
    await expect(page.getByRole('link', { name: 'Aller au contenu' })).toBeFocused();
    await press('Enter');
    await reach(portal.signIn.identifier);
    await page.keyboard.type(member.identifier);
    await reach(portal.signIn.password);
    await page.keyboard.type(member.password);
    await press('Enter');
    await expect(portal.dashboard.heading).toBeVisible();

    await reach(page.getByRole('main').getByRole('link', { name: 'Ajouter un compte' }).first());
    await press('Enter');
    await expect(portal.add.heading).toBeVisible();
    await reach(portal.add.identifier);
    await page.keyboard.type(client.siren);
    await press('Enter');

    await expect(portal.proof.heading).toBeVisible();
    await reach(portal.proof.status('Employeur'));
    await press('Space');
    await reach(portal.proof.amount);
    await page.keyboard.type(client.amount);
    await reach(portal.proof.employerAccount);
    await page.keyboard.type(client.account);
    await press('Enter');

    await expect(portal.services.heading).toBeVisible();
    await reach(portal.services.service(ABROAD));
    await press('Space');
    await reach(page.getByRole('button', { name: 'Enregistrer', exact: true }));
    await press('Enter');

    await expect(portal.list.saved).toBeVisible();
    await expect(portal.list.saved.getByRole('button', { name: 'OK' })).toBeFocused();
    await press('Enter');
    await expect(portal.list.saved).toBeHidden();
    await expect(portal.list.row(client.name)).toBeVisible();
});
