"""The office's map (地图)."""
