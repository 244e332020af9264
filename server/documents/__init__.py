"""Official documents: composed as content, drawn as DOCX and as PDF by the measures of GB/T 9704-2012."""
