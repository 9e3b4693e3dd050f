"""The words of sources as Trakt has them: genres, countries, languages, certifications. Pure."""
