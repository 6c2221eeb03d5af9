import { z } from 'zod';
import { invalid } from '../errors.ts';
import type { LoadBalancer } from '../resources/resources.ts';

/** The names that ListShapes answers with. */
export const shapeNames = ['10Mbps', '10Mbps-Micro', '100Mbps', '400Mbps', '8000Mbps', 'flexible'] as const;

export const shapeFields = {
  shapeName: z.string(),
  shapeDetails: z.object({ minimumBandwidthInMbps: z.int(), maximumBandwidthInMbps: z.int() }).optional(),
};

type Shape = Pick<LoadBalancer, 'shapeName' | 'shapeDetails'>;

/** @throws OciError 400 for a shape that does not exist or a bandwidth that none has. */
export function checkedShape({ shapeName, shapeDetails }: z.infer<z.ZodObject<typeof shapeFields>>): Shape {
  const name = shapeNames.find((each) => each.toLowerCase() === shapeName.toLowerCase());
  if (!name) throw invalid(`shapeName: must be one of ${shapeNames.join(', ')}.`);
  if (name !== 'flexible') {
    if (shapeDetails) throw invalid('shapeDetails: only for the flexible shape.');
    return { shapeName: name, shapeDetails: null };
  }
  if (!shapeDetails)
    throw invalid('shapeDetails: the flexible shape needs a minimum and a maximum bandwidth.');
  const { minimumBandwidthInMbps: least, maximumBandwidthInMbps: most } = shapeDetails;
  if (least < 10 || most > 8000 || least > most)
    throw invalid('shapeDetails: bandwidths are from 10 to 8000 Mbps, the minimum not above the maximum.');
  return { shapeName: name, shapeDetails };
}
