import type { Completion } from './completion.ts';

export interface OffersProps {
  readonly id: string;
  readonly offers: readonly Completion[];
  /** The one that Enter takes. */
  readonly at: number;
  readonly onAccept: (offer: Completion) => void;
}

/** What the line may become, above the field in which it is typed. */
export function Offers({ id, offers, at, onAccept }: OffersProps) {
  if (offers.length === 0) return null;
  return (
    <div id={id} className="offers" role="listbox" aria-label="Suggestions" tabIndex={-1}>
      {offers.map((offer, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the text field has the focus and the keys
        <div
          key={offer.label}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === at}
          className={index === at ? 'option active' : 'option'}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onAccept(offer)}
        >
          <span className="menu-words">
            {offer.label}
            <small>{offer.about}</small>
          </span>
        </div>
      ))}
    </div>
  );
}
