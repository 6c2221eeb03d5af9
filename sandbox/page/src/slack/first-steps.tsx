import { useSession } from '../live/session.tsx';

const lines = [
  ['/oci help', 'what you may do here'],
  ['/oci list instances env=dev', 'look around'],
  ['/oci stop app=shop env=dev', 'a plan first; then whoever is asked approves it'],
] as const;

export interface FirstStepsProps {
  readonly name: string;
  /** Nobody has said anything yet. */
  readonly isNew: boolean;
  readonly onTry: (line: string) => void;
}

/** The beginning of a conversation, with something to try while it is empty. */
export function FirstSteps({ name, isNew, onTry }: FirstStepsProps) {
  const { me } = useSession();
  return (
    <div className="beginning">
      <h2>This is the beginning of {name}</h2>
      {isNew && (
        <>
          <p>
            You are {me.real_name}, {article(me.role)} {me.role}. Lamplighter looks after an Oracle Cloud
            tenancy and takes its orders here. Try:
          </p>
          <ul>
            {lines.map(([line, about]) => (
              <li key={line}>
                <button type="button" className="try" onClick={() => onTry(line)}>
                  <code>{line}</code>
                </button>
                <span>{about}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

const article = (word: string) => (/^[aeiou]/.test(word) ? 'an' : 'a');
