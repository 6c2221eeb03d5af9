const flexible = (name: string, processorDescription: string, ocpus: number, memory: number) => ({
  name,
  processorDescription,
  ocpuOptions: { min: 1, max: ocpus },
  memoryOptions: {
    minInGBs: 1,
    maxInGBs: memory,
    defaultPerOcpuInGBs: 16,
    minPerOcpuInGBs: 1,
    maxPerOcpuInGBs: 64,
  },
  networkingBandwidthOptions: { minInGbps: 1, maxInGbps: 40, defaultPerOcpuInGbps: 1 },
});

/** What ListContainerInstanceShapes answers, and what a create may ask for. */
export const shapes = [
  flexible('CI.Standard.E4.Flex', '2.55 GHz AMD EPYC™ 7J13 (Milan)', 64, 1024),
  flexible('CI.Standard.E3.Flex', '2.25 GHz AMD EPYC™ 7742 (Rome)', 64, 1024),
  flexible('CI.Standard.A1.Flex', '3.0 GHz Ampere® Altra™', 76, 472),
] as const;
