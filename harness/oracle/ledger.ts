import type { ConfirmedOrder, JourneyExperience } from '../ports/experience.ts';
import type { MoneyChange } from './window-recorder.ts';

export interface LedgerRules {
  /** List price by product, cents: what the company means to charge before promotions. */
  readonly listCents: ReadonlyMap<string, number>;
  /** A unit charged below this share of its list price is mispriced; so is one charged above the list price. */
  readonly priceFloor: number;
  /** Longest and shortest delivery that the carriers really manage, days. */
  readonly deliveryDays: { readonly least: number; readonly most: number };
  /** True when the answer keeps to the assistant's policy. */
  readonly isOnPolicy: (question: string, answer: string) => boolean;
}

/** The oracle's own book of what shoppers saw confirmed, kept apart from everything that the company records. */
export class Ledger {
  readonly orderIdsByRegion = new Map<string, string[]>();
  private readonly rules: LedgerRules;

  constructor(rules: LedgerRules) {
    this.rules = rules;
  }

  /** Notes an order that a shopper really saw confirmed: it is looked for among the company's orders from now on. */
  confirm(region: string, orderId: string): void {
    const ids = this.orderIdsByRegion.get(region) ?? [];
    ids.push(orderId);
    this.orderIdsByRegion.set(region, ids);
  }

  /**
   * Books a journey; returns what it means in money and promises. Journeys of a live stack carry a basis: their orders
   * were confirmed when they were really placed, by whoever walked, and are not confirmed again.
   */
  book(journey: JourneyExperience): MoneyChange {
    const change: MoneyChange = {};
    if (journey.order !== null) {
      if (journey.basis === undefined) this.confirm(journey.region, journey.order.orderId);
      Object.assign(change, this.valueOf(journey.order));
    }
    if (journey.answer !== null && !this.rules.isOnPolicy(journey.answer.question, journey.answer.text)) {
      change.offPolicyAnswers = 1;
    }
    return change;
  }

  private valueOf(order: ConfirmedOrder): MoneyChange {
    const wrongCents = order.lines.reduce(
      (sum, line) => sum + line.quantity * this.wrongCents(line.productId, line.unitCents),
      0,
    );
    const { least, most } = this.rules.deliveryDays;
    const days = order.promisedDays;
    return {
      orders: 1,
      revenueCents: order.totalCents,
      ...(wrongCents > 0 ? { mispricedOrders: 1, mischargedCents: wrongCents } : {}),
      ...(days !== null && (days < least || days > most) ? { wrongPromises: 1 } : {}),
    };
  }

  private wrongCents(productId: string, unitCents: number): number {
    const listCents = this.rules.listCents.get(productId);
    if (listCents === undefined) return unitCents;
    const isFair = unitCents <= listCents && unitCents >= listCents * this.rules.priceFloor;
    return isFair ? 0 : Math.abs(listCents - unitCents);
  }
}
