// The card's step 1, and the door around it.
import { expect, test } from '../fixtures/test.ts';

const everywhere = { tag: ['@phone', '@no-script'] };

test('from the home page to the portfolio', everywhere, async ({ portal, member, page }) => {
    await portal.goto('/');
    await page.getByRole('main').getByRole('link', { name: 'Connectez-vous' }).click();
    await expect(portal.signIn.heading).toBeVisible();
    await portal.signIn.fill(member.identifier, member.password);
    await portal.signIn.submit();
    await expect(page.getByRole('heading', { name: 'Tableau de bord' })).toBeVisible();
    await expect(page).toHaveURL('/tableau-de-bord');
    await expect(page.getByText(member.name)).toBeAttached();
});

test('nothing typed: each field says what it wants', everywhere, async ({ portal }) => {
    await portal.goto('/connexion');
    await portal.signIn.submit();
    const { problems } = portal.signIn;
    await problems.expectSummary('Saisissez votre identifiant.', 'Saisissez votre mot de passe.');
    await expect(problems.summary).toBeFocused();
    await problems.expectField('Identifiant', 'Saisissez votre identifiant.');
});

test('a wrong pair: one neutral sentence, whichever of the two is wrong', everywhere, async ({ portal, member }) => {
    const { signIn } = portal;
    for (const [identifier, password] of [[member.identifier, 'faux'], ['personne@cabinet.example', member.password]] as const) {
        await portal.goto('/connexion');
        await signIn.fill(identifier, password);
        await signIn.submit();
        await signIn.problems.expectSummary('L’identifiant ou le mot de passe est incorrect.');
        await expect(signIn.identifier).toHaveValue(identifier);
    }
});

test('without JavaScript a refused password does not come back', { tag: '@no-script-only' }, async ({ portal, member }) => {
    await portal.goto('/connexion');
    await portal.signIn.fill(member.identifier, 'un secret de trop');
    await portal.signIn.submit();
    await expect(portal.signIn.problems.summary).toBeVisible();
    await expect(portal.signIn.password).toHaveValue('');
});

test('an address that needs a session leads there after signing in', everywhere, async ({ portal, member, page }) => {
    await portal.goto('/etablissements?q=boulangerie');
    await expect(portal.signIn.heading).toBeVisible();
    await portal.signIn.fill(member.identifier, member.password);
    await portal.signIn.submit();
    await expect(page).toHaveURL('/etablissements?q=boulangerie');
});

test('a way to another site is not followed', async ({ portal, member, page }) => {
    await portal.goto('/connexion?suite=https%3A%2F%2Fexemple.example%2F');
    await portal.signIn.fill(member.identifier, member.password);
    await portal.signIn.submit();
    await expect(page).toHaveURL('/tableau-de-bord');
});

test('after signing out the portfolio is closed', everywhere, async ({ portal, member, page }) => {
    await portal.signInAs(member);
    await page.getByRole('button', { name: 'Se déconnecter' }).click();
    await expect(page).toHaveURL('/');
    await portal.goto('/etablissements');
    await expect(portal.signIn.heading).toBeVisible();
    await expect(page.getByText(member.name)).toBeHidden();
});

test('a page kept by the browser shows nothing after signing out', async ({ portal, member, page }) => {
    await portal.signInAs(member);
    await page.getByRole('button', { name: 'Se déconnecter' }).click();
    await expect(page).toHaveURL('/');
    await page.goBack();
    await expect(page.getByText(member.name)).toBeHidden();
});
