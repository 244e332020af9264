"""The indicators of the notice: values with their sources, exact verdicts, complaints and the yearly score."""
