"""What a case should be cautioned about, as figures, tables and boxes: risks, governance, mistakes."""
