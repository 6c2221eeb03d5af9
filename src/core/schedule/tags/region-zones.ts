/** Regions of OCI by the zone of the place that they are in. Source: `Region` of oci-common 2.139.1, all realms. */
const regionsOf: Readonly<Record<string, string>> = {
  'Africa/Casablanca': 'af-casablanca-1',
  'Africa/Johannesburg': 'af-johannesburg-1',
  'America/Bogota': 'sa-bogota-1',
  'America/Chicago': 'us-chicago-1 us-gov-chicago-1',
  'America/Denver': 'us-saltlake-2',
  'America/Los_Angeles': 'us-sanjose-1',
  'America/Mexico_City': 'mx-queretaro-1',
  'America/Monterrey': 'mx-monterrey-1',
  'America/New_York':
    'us-ashburn-1 us-ashburn-2 us-newark-1 us-langley-1 us-gov-ashburn-1 us-somerset-1 us-thames-1',
  'America/Phoenix': 'us-phoenix-1 us-luke-1 us-gov-phoenix-1',
  'America/Santiago': 'sa-santiago-1 sa-valparaiso-1',
  'America/Sao_Paulo': 'sa-saopaulo-1 sa-vinhedo-1 sa-riodejaneiro-1',
  'America/Toronto': 'ca-toronto-1 ca-montreal-1',
  'Asia/Dhaka': 'ap-dcc-gazipur-1',
  'Asia/Dubai': 'me-dubai-1 me-abudhabi-1 me-abudhabi-2 me-abudhabi-3 me-abudhabi-4 me-alain-1',
  'Asia/Jakarta': 'ap-batam-1',
  'Asia/Jerusalem': 'il-jerusalem-1',
  'Asia/Kolkata': 'ap-mumbai-1 ap-hyderabad-1 ap-delhi-1',
  'Asia/Kuala_Lumpur': 'ap-kulai-2',
  'Asia/Muscat': 'me-dcc-muscat-1 me-ibri-1',
  'Asia/Qatar': 'me-dcc-doha-1 me-alrayyan-1',
  'Asia/Riyadh': 'me-jeddah-1 me-riyadh-1',
  'Asia/Seoul': 'ap-seoul-1 ap-seoul-2 ap-chuncheon-1 ap-chuncheon-2 ap-suwon-1',
  'Asia/Singapore': 'ap-singapore-1 ap-singapore-2',
  'Asia/Tokyo': 'ap-tokyo-1 ap-osaka-1 ap-chiyoda-1 ap-ibaraki-1',
  'Australia/Melbourne': 'ap-melbourne-1',
  'Australia/Sydney': 'ap-sydney-1 ap-dcc-canberra-1',
  'Europe/Amsterdam': 'eu-amsterdam-1',
  'Europe/Belgrade': 'eu-jovanovac-1',
  'Europe/Berlin': 'eu-frankfurt-1 eu-frankfurt-2 eu-dcc-rating-1 eu-dcc-rating-2',
  'Europe/Budapest': 'eu-budapest-1',
  'Europe/Dublin': 'eu-dcc-dublin-1 eu-dcc-dublin-2',
  'Europe/London': 'uk-london-1 uk-cardiff-1 uk-gov-london-1 uk-gov-cardiff-1',
  'Europe/Madrid': 'eu-madrid-1 eu-madrid-2 eu-madrid-3',
  'Europe/Paris': 'eu-paris-1 eu-marseille-1',
  'Europe/Rome': 'eu-milan-1 eu-turin-1 eu-dcc-milan-1 eu-dcc-milan-2',
  'Europe/Stockholm': 'eu-stockholm-1',
  'Europe/Zurich': 'eu-zurich-1 eu-dcc-zurich-1 eu-crissier-1',
};

const zones: ReadonlyMap<string, string> = new Map(
  Object.entries(regionsOf).flatMap(([zone, regions]) =>
    regions.split(' ').map((region) => [region, zone] as const),
  ),
);

/**
 * The IANA zone of a region, given as `eu-frankfurt-1`; undefined for one that is newer than this table.
 * OCI-AutoScale has fixed offsets for some and IANA zones for others, and UTC for what it does not know.
 */
export function zoneOfRegion(region: string): string | undefined {
  return zones.get(region.toLowerCase());
}
