import type { Page } from 'playwright-core';
import type { JourneyName } from '../../scenario/world-schema.ts';
import type { Leg } from './page-walker.ts';

/** What the shopper wants and who it is. */
export interface BrowserShopper {
  readonly productId: string;
  readonly customerId: string;
  readonly password: string;
  readonly card: string;
}

/** An amount as the shop writes it. */
const AMOUNT = /\$\d[\d,]*\.\d\d/;

/** The journeys of the mock shop through its pages, each from the first page to the last, by what the pages say and label. */
export function browserLegs(shopper: BrowserShopper): readonly (readonly [JourneyName, readonly Leg[]])[] {
  return [
    ['view-price', [openShop, productPage(shopper)]],
    [
      'buy',
      [productPage(shopper), addToCart, goToCheckout, ...signInLegs(shopper, 'Checkout'), pay(shopper)],
    ],
    ['look-at-account', [askForAccount, ...signInLegs(shopper, 'Your account'), orderHistory]],
  ];
}

const openShop: Leg = {
  name: 'products',
  act: walker => walker.open('/'),
  isGood: async page => AMOUNT.test(await textOf(page, 'main ul.goods')),
};

function productPage({ productId }: BrowserShopper): Leg {
  return {
    name: 'product',
    act: walker => walker.open(`/products/${productId}`),
    isGood: async page => AMOUNT.test(await textOf(page, 'main .card .price')),
  };
}

const addToCart: Leg = {
  name: 'cart',
  act: walker => walker.leave(() => walker.page.getByRole('button', { name: 'Add to cart' }).click()),
  isGood: async page => (await hasHeading(page, 'Your cart')) && AMOUNT.test(await textOf(page, 'tfoot')),
};

const goToCheckout: Leg = {
  name: 'sign-in',
  act: walker => walker.leave(() => walker.page.getByRole('link', { name: 'Go to checkout' }).click()),
  isGood: page => hasHeading(page, 'Sign in'),
};

const askForAccount: Leg = {
  name: 'sign-in',
  act: walker => walker.open('/account'),
  isGood: page => hasHeading(page, 'Sign in'),
};

function signInLegs({ customerId, password }: BrowserShopper, heading: string): readonly Leg[] {
  return [
    {
      name: heading === 'Checkout' ? 'checkout' : 'account',
      act: async walker => {
        await walker.page.getByLabel('Customer number').fill(customerId);
        await walker.page.getByLabel('Password').fill(password);
        await walker.leave(() => walker.page.getByRole('button', { name: 'Sign in' }).click());
      },
      isGood: page => hasHeading(page, heading),
    },
  ];
}

/** A declined card is no fault of the shop: a shopper was served, as in the journeys over the API. */
function pay({ card }: BrowserShopper): Leg {
  const entries = [
    ['Name', 'A Shopper'],
    ['Street and number', 'Market Street 1'],
    ['Postcode', '10001'],
    ['Town', 'Market Town'],
    ['Card number', card],
  ] as const;
  return {
    name: 'order',
    act: async walker => {
      for (const [label, value] of entries) await walker.page.getByLabel(label).fill(value);
      await walker.leave(() => walker.page.getByRole('button', { name: 'Order and pay' }).click());
    },
    isGood: async page =>
      (await hasHeading(page, 'Thank you for your order')) ||
      (await textOf(page, '.notice')).includes('card was declined'),
  };
}

const orderHistory: Leg = {
  name: 'orders',
  act: walker => walker.open('/orders'),
  isGood: async page =>
    (await hasHeading(page, 'Your orders')) && !(await textOf(page, 'main')).includes('cannot show'),
};

async function hasHeading(page: Page, heading: string): Promise<boolean> {
  return (await textOf(page, 'h1')) === heading;
}

/** The text of the first such element; empty when the page has none. The pages come whole, so nothing is waited for. */
async function textOf(page: Page, selector: string): Promise<string> {
  return (await page.locator(selector).allInnerTexts())[0]?.trim() ?? '';
}
